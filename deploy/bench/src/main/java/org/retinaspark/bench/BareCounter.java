package org.retinaspark.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.retinaspark.bench.LoopTimes.Stage;
import org.retinaspark.udf.detect.Detector;
import org.retinaspark.udf.detect.Face;
import org.retinaspark.udf.detect.NetworkOutput;
import org.retinaspark.udf.detect.Placement;
import org.retinaspark.udf.detect.Protocol;
import org.retinaspark.udf.detect.Thresholds;
import org.retinaspark.udf.image.DecodeException;
import org.retinaspark.udf.image.DecodeSettings;
import org.retinaspark.udf.image.DecodedImage;
import org.retinaspark.udf.image.Orientation;
import org.retinaspark.udf.image.decode.ImageDecoder;
import org.retinaspark.udf.model.ModelDescription;
import org.retinaspark.udf.model.ModelRecognition;
import org.retinaspark.udf.model.RecognitionOptions;
import org.retinaspark.udf.runtime.Batching;
import org.retinaspark.udf.runtime.Engine;
import org.retinaspark.udf.runtime.Inference;
import org.retinaspark.udf.runtime.InputKind;
import org.retinaspark.udf.runtime.Pending;
import org.retinaspark.udf.runtime.Provider;
import org.retinaspark.udf.runtime.SessionLease;
import org.retinaspark.udf.runtime.SessionRequest;
import org.retinaspark.udf.runtime.TensorLease;
import org.retinaspark.udf.runtime.TensorPool;

/** The roofline: what the job does to an image, by the same classes, with no Spark around them. */
final class BareCounter implements FaceCounter {

  private static final DecodeSettings DECODING =
      new DecodeSettings(Orientation.IGNORE, DecodeSettings.DEFAULT_MAX_PIXELS);

  private final ModelDescription model;
  private final Inference inference;
  private final Detector detector;
  private final LoopTimes times;
  private final ImageDecoder decoder = ImageDecoder.open(DECODING);
  private final TensorPool tensors = Engine.shared().tensors(1);

  private BareCounter(
      ModelDescription model, Inference inference, Detector detector, LoopTimes times) {
    this.model = model;
    this.inference = inference;
    this.detector = detector;
    this.times = times;
  }

  /** Counters that share a session and a detector. */
  static Loop.Counters sharing(Path model, Protocol protocol, LoopTimes times) throws IOException {
    byte[] onnx = Files.readAllBytes(model);
    ModelDescription description =
        ModelRecognition.describe(onnx, model.getFileName().toString(), RecognitionOptions.BY_FILE);
    SessionRequest request =
        new SessionRequest(
            description.name(),
            description.sha256(),
            Provider.CPU,
            0,
            SessionRequest.Precision.FLOAT32,
            1);
    SessionLease session = Engine.shared().lease(request, () -> onnx, hung -> {});
    Inference inference = Batching.DEFAULT.inference(session);
    Detector detector =
        new Detector(description.family(), description.size(), protocol, Thresholds.WIDER_FACE);
    return () -> new BareCounter(description, inference, detector, times);
  }

  @Override
  public int count(Path photo) throws IOException {
    long at = System.nanoTime();
    byte[] content = Files.readAllBytes(photo);
    at = times.ended(Stage.READ, at);
    DecodedImage image = decoded(content);
    at = times.ended(Stage.DECODE, at);
    Placement placement = detector.placements(image.width(), image.height()).get(0);
    InputKind kind = new InputKind(model.ports(), model.format().layout().shape(placement));
    TensorLease tensor = tensors.leaseNow(kind.bytes()).orElseThrow();
    model.format().fill(image.pixels(), placement, tensor.buffer());
    long filled = times.ended(Stage.FILL, at);
    try (Pending<Integer> faces =
        inference.submit(
            tensor, kind, outputs -> counted(new NetworkOutput(placement, outputs), filled))) {
      return faces.await().value();
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      throw new IOException(ended);
    }
  }

  private int counted(NetworkOutput output, long filled) {
    long ran = times.ended(Stage.INFER, filled);
    List<Face> faces = detector.faces(List.of(detector.candidates(output)));
    times.ended(Stage.POST, ran);
    return (int) faces.stream().filter(face -> face.score() >= COUNTED).count();
  }

  private DecodedImage decoded(byte[] content) throws IOException {
    try {
      return decoder.decode(content, detector::usefulShare);
    } catch (DecodeException failure) {
      throw new IOException(failure);
    }
  }

  @Override
  public void close() {
    decoder.close();
    tensors.close();
  }
}
