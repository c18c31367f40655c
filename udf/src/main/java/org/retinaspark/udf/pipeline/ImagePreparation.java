package org.retinaspark.udf.pipeline;

import java.util.ArrayList;
import java.util.List;
import org.retinaspark.udf.detect.Candidates;
import org.retinaspark.udf.detect.Detector;
import org.retinaspark.udf.detect.NetworkOutput;
import org.retinaspark.udf.detect.Placement;
import org.retinaspark.udf.image.DecodeException;
import org.retinaspark.udf.image.DecodedImage;
import org.retinaspark.udf.image.ImageDecoder;
import org.retinaspark.udf.image.Pixels;
import org.retinaspark.udf.model.ModelDescription;
import org.retinaspark.udf.runtime.Inference;
import org.retinaspark.udf.runtime.InputKind;
import org.retinaspark.udf.runtime.Pending;
import org.retinaspark.udf.runtime.Ports;
import org.retinaspark.udf.runtime.TensorLease;
import org.retinaspark.udf.runtime.TensorPool;

/** The way of a real image: decoder, tensor memory, inference. */
public final class ImagePreparation implements Preparation {

  private final ModelDescription model;
  private final Ports ports;
  private final Detector detector;
  private final Inference inference;
  private final TensorPool tensors;
  private final ImageDecoder decoder;
  private final StageTimes times;

  /** A way that owns its decoder. */
  public ImagePreparation(
      DetectSettings settings,
      Detector detector,
      Inference inference,
      TensorPool tensors,
      StageTimes times) {
    this.model = settings.model();
    this.ports = settings.model().ports();
    this.detector = detector;
    this.inference = inference;
    this.tensors = tensors;
    this.decoder = ImageDecoder.open(settings.decoding());
    this.times = times;
  }

  @Override
  public ImageInProgress prepare(ImageInput input, Content content) throws InterruptedException {
    if (content.failure() != null) {
      return ImageInProgress.failed(input, content.failure());
    }
    try {
      long start = System.nanoTime();
      DecodedImage decoded = decoder.decode(content.bytes(), detector::usefulShare);
      times.since(Stage.DECODE, start);
      return handIn(input, decoded);
    } catch (DecodeException failure) {
      return ImageInProgress.failed(input, Failure.of(Failure.DECODE, failure.code(), failure));
    } catch (OutOfMemoryError failure) {
      return ImageInProgress.failed(input, Failure.of(Failure.DECODE, "out_of_memory", failure));
    } catch (RuntimeException failure) {
      // A decoder that stumbles over hostile bytes: one image's failure, not the job's.
      return ImageInProgress.failed(input, Failure.of(Failure.DECODE, "unexpected", failure));
    }
  }

  private ImageInProgress handIn(ImageInput input, DecodedImage decoded)
      throws InterruptedException {
    Pixels pixels = decoded.pixels();
    ImageResult.Frame frame =
        new ImageResult.Frame(decoded.width(), decoded.height(), decoded.orientation());
    List<Pending<Candidates>> candidates = new ArrayList<>();
    ImageInProgress image = new ImageInProgress(input, frame, decoded.warnings(), null, candidates);
    try {
      List<Placement> placements = detector.placements(decoded.width(), decoded.height());
      long start = System.nanoTime();
      List<TensorLease> leases =
          tensors.lease(placements.stream().map(model.format().layout()::bytes).toList());
      start = times.since(Stage.ROOM_WAIT, start);
      try {
        for (int index = 0; index < leases.size(); index++) {
          Placement placement = placements.get(index);
          model.format().fill(pixels, placement, leases.get(index).buffer());
          candidates.add(
              inference.submit(
                  leases.get(index),
                  new InputKind(ports, model.format().layout().shape(placement)),
                  outputs -> detector.candidates(new NetworkOutput(placement, outputs))));
        }
      } finally {
        // What could not be handed in is still ours.
        leases.subList(candidates.size(), leases.size()).forEach(TensorLease::close);
      }
      times.since(Stage.FILL, start);
      return image;
    } catch (IllegalArgumentException | ArithmeticException tooLarge) {
      image.close();
      return new ImageInProgress(
          input,
          frame,
          decoded.warnings(),
          Failure.of(Failure.INFER, "too_large", tooLarge),
          List.of());
    }
  }

  @Override
  public void close() {
    decoder.close();
  }
}
