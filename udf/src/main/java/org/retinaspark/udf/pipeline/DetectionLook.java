package org.retinaspark.udf.pipeline;

import java.util.List;
import java.util.Optional;
import org.retinaspark.udf.detect.Candidates;
import org.retinaspark.udf.detect.Detector;
import org.retinaspark.udf.detect.Face;
import org.retinaspark.udf.detect.NetworkOutput;
import org.retinaspark.udf.detect.Placement;
import org.retinaspark.udf.image.Pixels;
import org.retinaspark.udf.model.ModelDescription;
import org.retinaspark.udf.runtime.InputKind;

/**
 * Looks for faces: a detector, whose protocol makes one or more network inputs of an image; none of
 * one whose faces are known already.
 *
 * @param model how the network is spoken to
 * @param detector what its outputs mean
 */
record DetectionLook(ModelDescription model, Detector detector) implements Look<Candidates> {

  @Override
  public double usefulShare(int width, int height) {
    return detector.usefulShare(width, height);
  }

  @Override
  public List<StationNetwork.Input<Candidates>> inputs(ImageInProgress image) {
    if (known(image).isPresent()) {
      return List.of();
    }
    Pixels pixels = image.pixels();
    return detector.placements(image.frame().width(), image.frame().height()).stream()
        .map(placement -> input(pixels, placement))
        .toList();
  }

  private StationNetwork.Input<Candidates> input(Pixels pixels, Placement placement) {
    return new StationNetwork.Input<>(
        new InputKind(model.ports(), model.format().layout().shape(placement)),
        tensor -> model.format().fill(pixels, placement, tensor),
        outputs -> detector.candidates(new NetworkOutput(placement, outputs)));
  }

  @Override
  public void found(ImageInProgress image, List<Candidates> read) {
    List<Face> faces =
        known(image).map(ImageInput.Known::faces).orElseGet(() -> detector.faces(read));
    image.found(faces);
    image.describe(FaceDetails.detected(model.family(), faces));
  }

  /** The faces that somebody knows, if they are in the frame that the image has now. */
  private static Optional<ImageInput.Known> known(ImageInProgress image) {
    ImageResult.Frame frame = image.frame();
    return Optional.ofNullable(image.input().known())
        .filter(known -> known.width() == frame.width() && known.height() == frame.height());
  }
}
