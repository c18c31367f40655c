package org.retinaspark.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
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
import org.retinaspark.udf.image.ImageDecoder;
import org.retinaspark.udf.image.Orientation;
import org.retinaspark.udf.model.ModelDescription;
import org.retinaspark.udf.model.ModelRecognition;
import org.retinaspark.udf.model.RecognitionOptions;
import org.retinaspark.udf.runtime.BatchOutputs;
import org.retinaspark.udf.runtime.InputKind;
import org.retinaspark.udf.runtime.Provider;
import org.retinaspark.udf.runtime.Session;
import org.retinaspark.udf.runtime.SessionRequest;
import org.retinaspark.udf.runtime.Sessions;
import org.retinaspark.udf.runtime.TensorMemory;

/** The roofline: what the job does to an image, by the same classes, with no Spark around them. */
final class BareCounter implements FaceCounter {

  private static final DecodeSettings DECODING =
      new DecodeSettings(Orientation.IGNORE, DecodeSettings.DEFAULT_MAX_PIXELS);

  private final ModelDescription model;
  private final Session session;
  private final Detector detector;
  private final LoopTimes times;
  private final ImageDecoder decoder = ImageDecoder.open(DECODING);
  private final TensorMemory memory = new TensorMemory();

  private BareCounter(ModelDescription model, Session session, Detector detector, LoopTimes times) {
    this.model = model;
    this.session = session;
    this.detector = detector;
    this.times = times;
  }

  /** Counters that share a session and a detector. */
  static Loop.Counters sharing(Path model, Protocol protocol, LoopTimes times) throws IOException {
    byte[] onnx = Files.readAllBytes(model);
    ModelDescription description =
        ModelRecognition.describe(onnx, model.getFileName().toString(), RecognitionOptions.BY_FILE);
    Session session =
        Sessions.shared(
            new SessionRequest(description.name(), description.sha256(), Provider.CPU, 0, 1),
            () -> onnx,
            () -> {});
    Detector detector =
        new Detector(description.family(), description.size(), protocol, Thresholds.WIDER_FACE);
    return () -> new BareCounter(description, session, detector, times);
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
    ByteBuffer tensor = memory.bytes(kind.bytes());
    model.format().fill(image.pixels(), placement, tensor);
    at = times.ended(Stage.FILL, at);
    try (BatchOutputs run = session.run(kind, 1, tensor)) {
      at = times.ended(Stage.INFER, at);
      NetworkOutput output = new NetworkOutput(placement, run.outputs().get(0));
      List<Face> faces = detector.faces(List.of(detector.candidates(output)));
      times.ended(Stage.POST, at);
      return (int) faces.stream().filter(face -> face.score() >= COUNTED).count();
    }
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
    memory.close();
  }
}
