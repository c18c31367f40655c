package org.retinaspark.bench;

import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_COLOR;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_IGNORE_ORIENTATION;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imread;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;
import org.retinaspark.udf.detect.Protocol;

/**
 * A Java loop as it is usually written: OpenCV reads, a Java loop fills floats, one session with
 * default options runs for all threads, boxes are objects.
 */
final class NaiveCounter implements FaceCounter {

  private final OrtSession session;
  private final Protocol protocol;

  private NaiveCounter(OrtSession session, Protocol protocol) {
    this.session = session;
    this.protocol = protocol;
  }

  /** Counters that share a session. */
  static Loop.Counters sharing(Path model, Protocol protocol) throws OrtException {
    OrtSession session = OrtEnvironment.getEnvironment().createSession(model.toString());
    return () -> new NaiveCounter(session, protocol);
  }

  @Override
  public int count(Path photo) throws IOException {
    PlainPhoto input = read(photo);
    try (OnnxTensor tensor =
            OnnxTensor.createTensor(
                OrtEnvironment.getEnvironment(), input.tensor(), input.shape());
        OrtSession.Result result =
            session.run(Map.of(session.getInputNames().iterator().next(), tensor))) {
      return PlainFaces.count(
          input.width(), input.height(), floats(result, 0), floats(result, 1), input.scale());
    } catch (OrtException failure) {
      throw new IOException(failure);
    }
  }

  private static float[] floats(OrtSession.Result result, int output) {
    return ((OnnxTensor) result.get(output)).getFloatBuffer().array();
  }

  private PlainPhoto read(Path photo) throws IOException {
    try (Mat image = imread(photo.toString(), IMREAD_COLOR | IMREAD_IGNORE_ORIENTATION);
        Mat resized = new Mat()) {
      if (image.empty()) {
        throw new IOException("OpenCV can't read " + photo);
      }
      double factor = PlainPhoto.factor(image.cols(), image.rows(), protocol);
      Mat input = image;
      if (factor != 1) {
        int width = (int) Math.round(image.cols() * factor);
        int height = (int) Math.round(image.rows() * factor);
        resize(image, resized, new Size(width, height));
        input = resized;
      }
      byte[] bgr = new byte[input.cols() * input.rows() * 3];
      input.data().get(bgr);
      return PlainPhoto.ofBgr(bgr, input.cols(), input.rows(), factor);
    }
  }

  @Override
  public void close() {
    // The session is all threads'; the process ends with the loop.
  }
}
