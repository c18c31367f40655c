package org.retinaspark.udf.spark;

import java.util.List;
import org.retinaspark.udf.detect.Detector;
import org.retinaspark.udf.onnx.ModelDescription;
import org.retinaspark.udf.onnx.Session;

/**
 * One task's way from files to faces. Owns the task's decoder and tensor memory; the session is its
 * executor's.
 */
final class FaceWorker implements AutoCloseable {

  private final Detector detector;
  private final ImagePreparation preparation;
  private final NetworkRuns runs;

  FaceWorker(DetectSettings settings, Session session) {
    ModelDescription model = settings.session().model();
    detector =
        new Detector(model.family(), model.size(), settings.protocol(), settings.thresholds());
    preparation = new ImagePreparation(settings, detector);
    runs = new NetworkRuns(detector, session, settings.batchSize());
  }

  /** One result for each image, in the same order; never more, never fewer. */
  List<ImageResult> process(List<ImageInput> inputs) {
    List<ImageInProgress> images = inputs.stream().map(preparation::prepare).toList();
    runs.run(images);
    return images.stream().map(image -> image.result(detector)).toList();
  }

  @Override
  public void close() {
    preparation.close();
    runs.close();
  }
}
