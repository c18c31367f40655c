package org.retinaspark.udf.pipeline;

import java.util.List;
import org.retinaspark.udf.detect.Candidates;
import org.retinaspark.udf.detect.Detector;
import org.retinaspark.udf.detect.NetworkOutput;
import org.retinaspark.udf.detect.Placement;
import org.retinaspark.udf.image.Pixels;
import org.retinaspark.udf.model.ModelDescription;
import org.retinaspark.udf.runtime.InputKind;

/**
 * The station of every line that stands first: a detector, whose protocol makes one or more network
 * inputs of an image.
 */
final class DetectionStation implements Station {

  private final ModelDescription model;
  private final Detector detector;
  private final StationNetwork network;

  DetectionStation(ModelDescription model, Detector detector, StationNetwork network) {
    this.model = model;
    this.detector = detector;
    this.network = network;
  }

  @Override
  public double usefulShare(int width, int height) {
    return detector.usefulShare(width, height);
  }

  @Override
  public Step submit(ImageInProgress image) throws InterruptedException {
    Pixels pixels = image.pixels();
    List<StationNetwork.Input<Candidates>> inputs =
        detector.placements(image.frame().width(), image.frame().height()).stream()
            .map(placement -> input(pixels, placement))
            .toList();
    return new Detection(image, network.submit(inputs));
  }

  private StationNetwork.Input<Candidates> input(Pixels pixels, Placement placement) {
    return new StationNetwork.Input<>(
        new InputKind(model.ports(), model.format().layout().shape(placement)),
        tensor -> model.format().fill(pixels, placement, tensor),
        outputs -> detector.candidates(new NetworkOutput(placement, outputs)));
  }

  private final class Detection implements Step {

    private final ImageInProgress image;
    private final StationNetwork.Submission<Candidates> submission;

    Detection(ImageInProgress image, StationNetwork.Submission<Candidates> submission) {
      this.image = image;
      this.submission = submission;
    }

    @Override
    public void finish() throws InterruptedException {
      image.found(detector.faces(submission.await()));
    }

    @Override
    public void close() {
      submission.close();
    }
  }
}
