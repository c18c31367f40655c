package org.retinaspark.udf.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.retinaspark.udf.detect.family.CenterFaceFamily;
import org.retinaspark.udf.detect.family.ClassOutput;
import org.retinaspark.udf.detect.family.InsightFaceFamily;
import org.retinaspark.udf.detect.family.PyTorchFamily;
import org.retinaspark.udf.detect.family.ScrfdFamily;
import org.retinaspark.udf.detect.family.YunetFamily;

/**
 * Each family against an independent reference: see {@code reference.py} and {@code
 * reference_points.py} among the resources.
 */
final class DecodingGoldenTest {

  private static final int[] CELLS = {8 * 12, 4 * 6, 2 * 3};
  private static final int ANCHORS = 2 * (CELLS[0] + CELLS[1] + CELLS[2]);
  private static final Placement PLACEMENT = new Placement(180, 120, 90, 60, 96, 64);

  private static final Family PYTORCH = new PyTorchFamily(ClassOutput.PROBABILITIES);

  @Test
  void pytorchFamily() {
    assertFaces(PYTORCH, "pytorch", pytorchOutputs());
  }

  @Test
  void pytorchFamilyOfLogits() {
    List<FloatBuffer> outputs = pytorchOutputs();
    FloatBuffer classes = outputs.get(1);
    for (int index = 0; index < classes.limit(); index++) {
      // Logits are known up to a constant, which must make no difference.
      classes.put(index, (float) Math.log(classes.get(index)) + 3);
    }
    assertFaces(new PyTorchFamily(ClassOutput.LOGITS), "pytorch", outputs);
  }

  @Test
  void insightFaceFamily() {
    int[] lengths = new int[9];
    for (int level = 0; level < 3; level++) {
      int cells = CELLS[2 - level];
      lengths[level * 3] = 4 * cells;
      lengths[level * 3 + 1] = 8 * cells;
      lengths[level * 3 + 2] = 20 * cells;
    }
    Family family = new InsightFaceFamily(InsightFaceFamily.LANDMARK_SCALE_V2);
    assertFaces(family, "insightface", split("insightface.f32", lengths));
  }

  @Test
  void scrfdFamily() {
    int[] lengths = new int[9];
    for (int level = 0; level < 3; level++) {
      lengths[level] = 2 * CELLS[level];
      lengths[3 + level] = 8 * CELLS[level];
      lengths[6 + level] = 20 * CELLS[level];
    }
    assertFaces(new ScrfdFamily(5), "scrfd", split("scrfd.f32", lengths));
  }

  @Test
  void yunetFamily() {
    assertFaces(new YunetFamily(), "yunet", split("yunet.f32", yunetLengths()));
  }

  private static int[] yunetLengths() {
    int[] lengths = new int[12];
    for (int level = 0; level < 3; level++) {
      lengths[level] = CELLS[level];
      lengths[3 + level] = CELLS[level];
      lengths[6 + level] = 4 * CELLS[level];
      lengths[9 + level] = 10 * CELLS[level];
    }
    return lengths;
  }

  @Test
  void centerFaceFamily() {
    int cells = 16 * 24;
    List<FloatBuffer> outputs = split("centerface.f32", cells, 2 * cells, 2 * cells, 10 * cells);
    assertFaces(new CenterFaceFamily(), "centerface", outputs);
  }

  @Test
  void outputOfAnotherSizeIsRefused() {
    List<FloatBuffer> outputs = split("pytorch.f32", ANCHORS * 4, ANCHORS * 2, ANCHORS * 10 - 10);
    assertThatThrownBy(() -> faces(PYTORCH, outputs))
        .isInstanceOf(InvalidOutputException.class)
        .hasMessage("output 2 has 2510 values for an input of 96x64, where its family has 2520");
  }

  @Test
  void valuesThatAreNotNumbersAreRefused() {
    List<FloatBuffer> scores = pytorchOutputs();
    scores.get(1).put(7, Float.NaN);
    assertThatThrownBy(() -> faces(PYTORCH, scores))
        .isInstanceOf(InvalidOutputException.class)
        .hasMessage("the network gave a score that is not a number");
    List<FloatBuffer> boxes = pytorchOutputs();
    boxes.get(0).put(2, Float.POSITIVE_INFINITY);
    boxes.get(1).put(1, 0.9f);
    assertThatThrownBy(() -> faces(PYTORCH, boxes))
        .isInstanceOf(InvalidOutputException.class)
        .hasMessageContaining("a box that is not finite");
  }

  @Test
  void pointsThatAreNotNumbersAreRefused() {
    int cells = 16 * 24;
    List<FloatBuffer> outputs = split("centerface.f32", cells, 2 * cells, 2 * cells, 10 * cells);
    outputs.get(0).put(5, Float.NaN);
    assertThatThrownBy(() -> faces(new CenterFaceFamily(), outputs))
        .isInstanceOf(InvalidOutputException.class)
        .hasMessage("the network gave a score that is not a number");
    outputs.get(0).put(5, 0.9f);
    outputs.get(1).put(5, 1000);
    assertThatThrownBy(() -> faces(new CenterFaceFamily(), outputs))
        .isInstanceOf(InvalidOutputException.class)
        .hasMessageContaining("a box that is not finite");
    List<FloatBuffer> factors = split("yunet.f32", yunetLengths());
    factors.get(4).put(0, Float.NaN);
    assertThatThrownBy(() -> faces(new YunetFamily(), factors))
        .isInstanceOf(InvalidOutputException.class)
        .hasMessage("the network gave a score that is not a number");
  }

  private static List<FloatBuffer> pytorchOutputs() {
    return split("pytorch.f32", ANCHORS * 4, ANCHORS * 2, ANCHORS * 10);
  }

  private static List<FloatBuffer> split(String name, int... lengths) {
    FloatBuffer all = ReferenceFiles.floats(name);
    List<FloatBuffer> parts = new ArrayList<>();
    int at = 0;
    for (int length : lengths) {
      parts.add(all.slice(at, length));
      at += length;
    }
    return parts;
  }

  private static List<Face> faces(Family family, List<FloatBuffer> outputs) {
    InputSize any = new InputSize(InputSize.DYNAMIC, InputSize.DYNAMIC, InputSize.DYNAMIC, 1);
    Detector detector = new Detector(family, any, Protocol.ORIGINAL, Thresholds.WIDER_FACE);
    return detector.faces(List.of(detector.candidates(new NetworkOutput(PLACEMENT, outputs))));
  }

  private static void assertFaces(Family family, String name, List<FloatBuffer> outputs) {
    List<Face> faces = faces(family, outputs);
    List<double[]> expected = ReferenceFiles.rows(name + ".csv");
    assertThat(faces).hasSameSizeAs(expected).hasSizeGreaterThan(20);
    for (int index = 0; index < faces.size(); index++) {
      Face face = faces.get(index);
      Box box = face.box();
      List<Float> numbers =
          new ArrayList<>(List.of(face.score(), box.x1(), box.y1(), box.x2(), box.y2()));
      face.landmarks().forEach(point -> numbers.addAll(List.of(point.x(), point.y())));
      for (int column = 0; column < numbers.size(); column++) {
        assertThat((double) numbers.get(column))
            .as("face %d, number %d", index, column)
            .isCloseTo(expected.get(index)[column], within(1e-3));
      }
    }
  }
}
