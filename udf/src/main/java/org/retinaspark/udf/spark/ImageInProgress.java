package org.retinaspark.udf.spark;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.retinaspark.udf.detect.Detector;
import org.retinaspark.udf.detect.InvalidOutputException;
import org.retinaspark.udf.detect.NetworkOutput;
import org.retinaspark.udf.detect.Pixels;
import org.retinaspark.udf.detect.Placement;
import org.retinaspark.udf.image.DecodedImage;

/**
 * One image between its file and its row. It either fails, once, or gathers an output for each of
 * its network inputs.
 */
final class ImageInProgress {

  private final ImageInput input;
  private @Nullable DecodedImage decoded;
  private List<Placement> placements = List.of();
  private NetworkOutput[] outputs = {};
  private @Nullable Failure failure;

  ImageInProgress(ImageInput input) {
    this.input = input;
  }

  void decoded(DecodedImage image, List<Placement> networkInputs) {
    decoded = image;
    placements = networkInputs;
    outputs = new NetworkOutput[networkInputs.size()];
  }

  void fail(Failure reason) {
    failure = reason;
  }

  /** What is to be given to the network; empty for an image that failed. */
  List<Placement> placements() {
    return failure == null ? placements : List.of();
  }

  Pixels pixels() {
    if (decoded == null) {
      throw new IllegalStateException("image '" + input.image() + "' was not decoded");
    }
    return decoded.pixels();
  }

  void output(int placement, NetworkOutput output) {
    outputs[placement] = output;
  }

  ImageResult result(Detector detector) {
    DecodedImage image = decoded;
    if (image == null) {
      Failure reason =
          failure == null ? new Failure(Failure.READ, "unknown", "never decoded") : failure;
      return new ImageResult(input, null, List.of(), reason, List.of());
    }
    ImageResult.Frame frame =
        new ImageResult.Frame(image.width(), image.height(), image.orientation());
    if (failure != null) {
      return new ImageResult(input, frame, image.warnings(), failure, List.of());
    }
    try {
      return new ImageResult(
          input, frame, image.warnings(), null, detector.faces(Arrays.asList(outputs)));
    } catch (InvalidOutputException invalid) {
      Failure reason = Failure.of(Failure.INFER, "invalid_output", invalid);
      return new ImageResult(input, frame, image.warnings(), reason, List.of());
    }
  }
}
