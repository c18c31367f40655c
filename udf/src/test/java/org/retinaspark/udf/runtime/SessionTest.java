package org.retinaspark.udf.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.retinaspark.udf.detect.Box;
import org.retinaspark.udf.detect.Detector;
import org.retinaspark.udf.detect.NetworkOutput;
import org.retinaspark.udf.detect.Placement;
import org.retinaspark.udf.detect.Protocol;
import org.retinaspark.udf.detect.Thresholds;
import org.retinaspark.udf.image.Pixels;
import org.retinaspark.udf.input.InputFormat;
import org.retinaspark.udf.model.ModelDescription;
import org.retinaspark.udf.model.ModelRecognition;
import org.retinaspark.udf.model.RecognitionOptions;
import org.retinaspark.udf.model.SquarePhoto;
import org.retinaspark.udf.model.TinyModels;

/** The first run of an input size and those after it, which write to memory that is kept. */
final class SessionTest {

  private static final byte[] MODEL = TinyModels.pytorchFamily();
  private static final ModelDescription DESCRIPTION =
      ModelRecognition.describe(MODEL, "tiny.onnx", RecognitionOptions.BY_FILE);
  private static final Detector DETECTOR =
      new Detector(
          DESCRIPTION.family(), DESCRIPTION.size(), Protocol.ORIGINAL, Thresholds.WIDER_FACE);
  private static final TensorBudget BUDGET = new TensorBudget(1 << 30);
  private static final Box SQUARE = SquarePhoto.square(100, 60, 32);

  @Test
  void laterRunsOfASizeSayWhatTheFirstSaid() {
    Pixels photo = SquarePhoto.of(203, 131, SQUARE);
    try (Session session = open()) {
      List<float[]> first = outputs(session, photo);
      assertThat(first).hasSize(3);
      assertThat(outputs(session, photo)).usingRecursiveComparison().isEqualTo(first);
      assertThat(outputs(session, photo)).usingRecursiveComparison().isEqualTo(first);
    }
  }

  @Test
  void sizesInTurnDoNotMix() {
    Pixels small = SquarePhoto.of(130, 100, SQUARE);
    Pixels large = SquarePhoto.of(300, 200, SQUARE);
    try (Session session = open()) {
      List<float[]> ofSmall = outputs(session, small);
      List<float[]> ofLarge = outputs(session, large);
      assertThat(outputs(session, large)).usingRecursiveComparison().isEqualTo(ofLarge);
      assertThat(outputs(session, small)).usingRecursiveComparison().isEqualTo(ofSmall);
    }
  }

  @Test
  void outputsThatAreOpenAtOnceLieInMemoryOfTheirOwn() {
    Pixels square = SquarePhoto.of(130, 100, SQUARE);
    Pixels black = SquarePhoto.of(130, 100);
    try (Session session = open();
        TensorMemory memory = new TensorMemory();
        TensorMemory other = new TensorMemory()) {
      List<float[]> expected = outputs(session, square);
      try (BatchOutputs one = run(session, square, memory);
          BatchOutputs two = run(session, black, other)) {
        assertThat(copied(one)).usingRecursiveComparison().isEqualTo(expected);
        Placement placement = DETECTOR.placements(130, 100).get(0);
        NetworkOutput nothing = new NetworkOutput(placement, two.outputs().get(0));
        assertThat(DETECTOR.faces(List.of(DETECTOR.candidates(nothing)))).isEmpty();
      }
    }
  }

  @Test
  void outputsClosedTwiceGiveTheirMemoryBackOnce() {
    Pixels square = SquarePhoto.of(130, 100, SQUARE);
    Pixels black = SquarePhoto.of(130, 100);
    try (Session session = open();
        TensorMemory memory = new TensorMemory()) {
      List<float[]> expected = outputs(session, square);
      BatchOutputs twice = run(session, black, memory);
      twice.close();
      twice.close();
      try (BatchOutputs one = run(session, square, memory);
          BatchOutputs two = run(session, black, memory)) {
        assertThat(copied(one)).usingRecursiveComparison().isEqualTo(expected);
        assertThat(two.outputs()).hasSize(1);
      }
    }
  }

  private static Session open() {
    return Session.open(
        new SessionRequest(
            DESCRIPTION.name(),
            DESCRIPTION.sha256(),
            Provider.CPU,
            0,
            SessionRequest.Precision.FLOAT32,
            1),
        MODEL,
        BUDGET);
  }

  private static List<float[]> outputs(Session session, Pixels photo) {
    try (TensorMemory memory = new TensorMemory();
        BatchOutputs outputs = run(session, photo, memory)) {
      return copied(outputs);
    }
  }

  private static BatchOutputs run(Session session, Pixels photo, TensorMemory memory) {
    Placement placement = DETECTOR.placements(photo.width(), photo.height()).get(0);
    InputFormat format = DESCRIPTION.format();
    InputKind kind = new InputKind(DESCRIPTION.ports(), format.layout().shape(placement));
    ByteBuffer tensor = memory.bytes(kind.bytes());
    format.fill(photo, placement, tensor);
    return session.run(kind, 1, tensor);
  }

  private static List<float[]> copied(BatchOutputs outputs) {
    List<float[]> copies = new ArrayList<>();
    for (FloatBuffer values : outputs.outputs().get(0)) {
      float[] copy = new float[values.limit()];
      values.get(0, copy);
      copies.add(copy);
    }
    return copies;
  }
}
