package org.retinaspark.udf.detect.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.IntRange;
import org.retinaspark.udf.detect.AnchorLevel;
import org.retinaspark.udf.detect.Box;
import org.retinaspark.udf.detect.Detector;
import org.retinaspark.udf.detect.Face;
import org.retinaspark.udf.detect.FaceMesh;
import org.retinaspark.udf.detect.InputSize;
import org.retinaspark.udf.detect.MeshTopology;
import org.retinaspark.udf.detect.NetworkOutput;
import org.retinaspark.udf.detect.Placement;
import org.retinaspark.udf.detect.Point;
import org.retinaspark.udf.detect.Protocol;
import org.retinaspark.udf.detect.Thresholds;

/** Networks that say one thing of one anchor: what was encoded is what is decoded. */
final class RetinaFaceFamilyTest {

  private static final MeshTopology TWO = new MeshTopology("Two", 2, List.of(1, 0));

  /** Strides 4 and 8, at 32x24: 8 x 6 + 4 x 3 cells of two sizes. */
  private static final List<AnchorLevel> LEVELS =
      List.of(new AnchorLevel(4, List.of(8f, 10f)), new AnchorLevel(8, List.of(16f, 20f)));

  private static final int ANCHORS = 2 * (8 * 6 + 4 * 3);
  private static final Placement PLACEMENT = new Placement(32, 24, 32, 24, 32, 24);

  /**
   * By hand. Anchor 109: level 8 begins at 96, so cell 6, row 1, column 2, the larger size: centre
   * (20, 12), side 20. The first stage's deltas (1, -2, ln 1.5 / 0.2, ln 0.5 / 0.2) move the centre
   * by 0.1 * 20 * (1, -2) to (22, 8) and make the sides 30 and 10. Those of the second, (-1, 3, ln
   * 0.8 / 0.2, ln 1.2 / 0.2), move it by 0.1 * (30 * -1, 10 * 3) to (19, 11) and make them 24 and
   * 12: from (7, 5) to (31, 17). Points are relative to the first box: (-2, 1) is at (22 - 0.1 * 2
   * * 30, 8 + 0.1 * 10) = (16, 9); a vertex of depth 4 is at z = 0.1 * 4 * 30 = 12.
   */
  @Example
  void secondStageStartsFromTheBoxesOfTheFirst() {
    float[] first = {1, -2, (float) (Math.log(1.5) / 0.2), (float) (Math.log(0.5) / 0.2)};
    float[] second = {-1, 3, (float) (Math.log(0.8) / 0.2), (float) (Math.log(1.2) / 0.2)};
    float[] points = {-2, 1, 0, 0, 0, 0, 0, 0, 0, 0};
    float[] mesh = {-2, 1, 4, 0, 0, 0};
    Face face = face(cascade(), 109, first, second, points, mesh);
    assertBox(face.box(), new Box(7, 5, 31, 17), 1e-4f);
    assertPoint(face.landmarks().get(0), new Point(16, 9), 1e-4f);
    assertPoint(face.landmarks().get(1), new Point(22, 8), 1e-4f);
    float[] vertices = face.meshes().get(0).vertices();
    assertThat(vertices).containsExactly(new float[] {16, 9, 12, 22, 8, 0}, within(1e-4f));
  }

  /**
   * The same with a mesh of two coefficients, 3 and 5: deltas (-2 + 3, 1, 4) and (0, 0, 5). From
   * the first stage's box: (22 + 0.1 * 30, 8 + 0.1 * 10) = (25, 9), z = 0.1 * 4 * 30; (22, 8), 0.1
   * * 5 * 30.
   */
  @Example
  void coefficientsArePutTogetherFromTheBasis() {
    float[] mean = {-2, 1, 4, 0, 0, 0};
    float[] basis = {1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
    Map<String, MeshBasis> bases = Map.of("Two", new MeshBasis(mean, basis));
    assertThat(meshes(new MeshCode(bases), 0.9f).get(0).vertices())
        .containsExactly(new float[] {25, 9, 12, 22, 8, 15}, within(1e-4f));
    assertThat(meshes(new MeshCode(bases), 0.5f)).hasSize(1);
    assertThat(meshes(new MeshCode(bases), 0.49f)).isEmpty();
  }

  private static List<FaceMesh> meshes(MeshCode code, float score) {
    float[] first = {1, -2, (float) (Math.log(1.5) / 0.2), (float) (Math.log(0.5) / 0.2)};
    float[] second = {-1, 3, (float) (Math.log(0.8) / 0.2), (float) (Math.log(1.2) / 0.2)};
    RetinaFaceFamily family = cascade().with(List.of(TWO), code);
    return face(family, 109, score, first, second, new float[10], new float[] {3, 5}).meshes();
  }

  /** The same first stage alone: points are relative to the anchor, of centre (20, 12), side 20. */
  @Example
  void pointsOfOneStageAreRelativeToTheAnchor() {
    float[] first = {1, -2, (float) (Math.log(1.5) / 0.2), (float) (Math.log(0.5) / 0.2)};
    float[] points = {-2, 1, 0, 0, 0, 0, 0, 0, 0, 0};
    Face face = face(oneStage(), 109, first, new float[0], points, new float[0]);
    assertBox(face.box(), new Box(7, 3, 37, 13), 1e-4f);
    assertPoint(face.landmarks().get(0), new Point(16, 14), 1e-4f);
    assertThat(face.meshes()).isEmpty();
  }

  @Property(tries = 200)
  void whatIsEncodedInBothStagesIsDecoded(
      @ForAll @IntRange(max = ANCHORS - 1) int anchor,
      @ForAll @FloatRange(min = 2, max = 30) float x,
      @ForAll @FloatRange(min = 2, max = 20) float y,
      @ForAll @FloatRange(min = 4, max = 60) float width,
      @ForAll @FloatRange(min = 4, max = 60) float height,
      @ForAll @FloatRange(min = -9, max = 9) float shift) {
    BoxCoder coder = new BoxCoder(0.1f, 0.2f, 0.1f, 0);
    Anchor square = square(anchor);
    Box proposal = new Box(x, y, x + width, y + height);
    Box box = new Box(x + shift, y - shift, x + shift + height, y - shift + width);
    Point point = new Point(x - shift, y + shift);
    Anchor reference = coder.anchor(proposal);
    Point delta = coder.encode(reference, point);
    Face face =
        face(
            cascade(),
            anchor,
            values(coder.encode(square, proposal)),
            values(coder.encode(reference, box)),
            new float[] {0, 0, 0, 0, delta.x(), delta.y(), 0, 0, 0, 0},
            new float[] {0, 0, 0, delta.x(), delta.y(), shift * 10 / reference.width()});
    assertBox(face.box(), box, 1e-2f);
    assertPoint(face.landmarks().get(2), point, 1e-2f);
    float[] vertices = face.meshes().get(0).vertices();
    assertPoint(new Point(vertices[3], vertices[4]), point, 1e-2f);
    assertThat(vertices[5]).isCloseTo(shift, within(1e-3f));
  }

  @Example
  void valuesThatCannotBeMeantAreRefused() {
    assertThatThrownBy(() -> family(List.of(LEVELS.get(1), LEVELS.get(0)), List.of()))
        .hasMessageContaining("levels of rising strides");
    assertThatThrownBy(() -> family(LEVELS, List.of(TWO, TWO)))
        .hasMessageContaining("each with a name of its own");
    assertThatThrownBy(() -> new MeshTopology("Two", 2, List.of(1, 1)))
        .hasMessageContaining("mirror table of mesh 'Two'");
    assertThatThrownBy(() -> new Variances(0.1f, Float.NaN, 0.1f))
        .hasMessageContaining("must be positive numbers");
    assertThatThrownBy(() -> new MatchThresholds(0.3f, 0.7f))
        .hasMessage(
            "anchors match from an IoU of 0.3, and don't below 0.7, but it must be"
                + " 0 <= 0.7 <= 0.3 <= 1");
  }

  private static RetinaFaceFamily cascade() {
    return family(LEVELS, List.of(TWO));
  }

  private static RetinaFaceFamily family(List<AnchorLevel> levels, List<MeshTopology> meshes) {
    return new RetinaFaceFamily(
        levels,
        Variances.USUAL,
        List.of(MatchThresholds.FIRST_STAGE, MatchThresholds.SECOND_STAGE),
        meshes);
  }

  private static RetinaFaceFamily oneStage() {
    return new RetinaFaceFamily(
        LEVELS, Variances.USUAL, List.of(MatchThresholds.FIRST_STAGE), List.of());
  }

  private static Anchor square(int index) {
    AnchorLevel level = LEVELS.get(index < 96 ? 0 : 1);
    int within = index < 96 ? index : index - 96;
    int columns = level.cells(32);
    int cell = within / 2;
    return new Anchor(
        (cell % columns + 0.5f) * level.stride(),
        (Math.floorDiv(cell, columns) + 0.5f) * level.stride(),
        level.sizes().get(within % 2));
  }

  private static float[] values(BoxDeltas deltas) {
    return new float[] {deltas.x(), deltas.y(), deltas.width(), deltas.height()};
  }

  /** The face of a network that sees one, at an anchor, of which it gives these values. */
  private static Face face(
      RetinaFaceFamily family,
      int anchor,
      float[] first,
      float[] second,
      float[] points,
      float[] mesh) {
    return face(family, anchor, 0.9f, first, second, points, mesh);
  }

  private static Face face(
      RetinaFaceFamily family,
      int anchor,
      float score,
      float[] first,
      float[] second,
      float[] points,
      float[] mesh) {
    List<FloatBuffer> outputs = new ArrayList<>();
    outputs.add(tensor(anchor, first));
    if (family.isCascade()) {
      outputs.add(tensor(anchor, second));
    }
    outputs.add(tensor(anchor, new float[] {1 - score, score}));
    outputs.add(tensor(anchor, points));
    if (!family.meshes().isEmpty()) {
      outputs.add(FloatBuffer.wrap(new float[] {anchor}));
      outputs.add(FloatBuffer.wrap(mesh));
    }
    InputSize any = new InputSize(InputSize.DYNAMIC, InputSize.DYNAMIC, InputSize.DYNAMIC, 1);
    Detector detector = new Detector(family, any, Protocol.ORIGINAL, Thresholds.WIDER_FACE);
    List<Face> faces =
        detector.faces(List.of(detector.candidates(new NetworkOutput(PLACEMENT, outputs))));
    assertThat(faces).hasSize(1);
    return faces.get(0);
  }

  private static FloatBuffer tensor(int anchor, float[] values) {
    return FloatBuffer.allocate(ANCHORS * values.length)
        .put(anchor * values.length, values, 0, values.length);
  }

  private static void assertBox(Box box, Box expected, float tolerance) {
    assertThat(box.x1()).isCloseTo(expected.x1(), within(tolerance));
    assertThat(box.y1()).isCloseTo(expected.y1(), within(tolerance));
    assertThat(box.x2()).isCloseTo(expected.x2(), within(tolerance));
    assertThat(box.y2()).isCloseTo(expected.y2(), within(tolerance));
  }

  private static void assertPoint(Point point, Point expected, float tolerance) {
    assertThat(point.x()).isCloseTo(expected.x(), within(tolerance));
    assertThat(point.y()).isCloseTo(expected.y(), within(tolerance));
  }
}
