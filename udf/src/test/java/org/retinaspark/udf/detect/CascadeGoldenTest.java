package org.retinaspark.udf.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.retinaspark.udf.detect.family.MatchThresholds;
import org.retinaspark.udf.detect.family.RetinaFaceFamily;
import org.retinaspark.udf.detect.family.Variances;

/** A cascade with meshes against an independent reference: see {@code cascade.py}. */
final class CascadeGoldenTest {

  private static final MeshTopology SIX = new MeshTopology("Six", 6, List.of(5, 4, 2, 3, 1, 0));
  private static final MeshTopology THREE = new MeshTopology("Three", 3, List.of());

  private static final RetinaFaceFamily FAMILY =
      new RetinaFaceFamily(
          List.of(
              new AnchorLevel(16, List.of(10f, 12.599211f, 15.874011f)),
              new AnchorLevel(32, List.of(20f, 25.198421f, 31.748022f)),
              new AnchorLevel(64, List.of(40f, 50.396843f, 63.496044f))),
          new Variances(0.1f, 0.2f, 0.15f),
          List.of(MatchThresholds.FIRST_STAGE, MatchThresholds.SECOND_STAGE),
          List.of(SIX, THREE));

  private static final int ANCHORS = 3 * (6 * 4 + 3 * 2 + 2 * 1);
  private static final int ROWS = 40;
  private static final int MESH_ANCHORS = 4;
  private static final int MESH = 5;

  @Test
  void facesAreThoseOfTheReference() {
    assertFaces(faces(outputs(), Flip.NONE), "cascade.csv");
  }

  @Test
  void facesOfTheMirroredImageAreThoseOfTheReference() {
    assertFaces(faces(outputs(), Flip.HORIZONTAL), "cascade_flipped.csv");
  }

  @Test
  void meshesOutliveTheOutputs() {
    List<FloatBuffer> outputs = outputs();
    Detector detector = detector();
    Candidates candidates = detector.candidates(new NetworkOutput(placement(Flip.NONE), outputs));
    outputs.forEach(CascadeGoldenTest::overwrite);
    assertFaces(detector.faces(List.of(candidates, candidates)), "cascade.csv");
  }

  @Test
  void candidatesThatAreKeptKeepTheirMeshes() {
    Thresholds few = new Thresholds(0.02f, 0.4f, 12, 750, 0);
    Detector detector = new Detector(FAMILY, anySize(), Protocol.ORIGINAL, few);
    Candidates best = detector.candidates(new NetworkOutput(placement(Flip.NONE), outputs()));
    assertThat(best.size()).isEqualTo(12);
    List<Face> expected = faces(outputs(), Flip.NONE);
    List<Face> faces = detector.faces(List.of(best));
    assertThat(faces).hasSizeGreaterThan(3);
    for (int index = 0; index < faces.size(); index++) {
      assertThat(vertices(faces.get(index))).isEqualTo(vertices(expected.get(index)));
    }
  }

  @Test
  void votingLeavesToABoxTheMeshOfItsBestCandidate() {
    List<Face> expected = faces(outputs(), Flip.NONE);
    List<Face> voted = seenTwice(new BoxVoting());
    assertThat(voted)
        .extracting(Face::score)
        .isEqualTo(expected.stream().map(Face::score).toList());
    for (int index = 0; index < voted.size(); index++) {
      assertThat(vertices(voted.get(index))).isEqualTo(vertices(expected.get(index)));
    }
  }

  @Test
  void softSuppressionLeavesToABoxItsOwnMesh() {
    List<Face> merged = seenTwice(new SoftNonMaximumSuppression());
    for (Face face : faces(outputs(), Flip.NONE)) {
      List<Face> same =
          merged.stream().filter(it -> it.landmarks().equals(face.landmarks())).toList();
      assertThat(same).as("%s", face).isNotEmpty();
      assertThat(same).allMatch(it -> vertices(it).equals(vertices(face)));
    }
  }

  /** The faces of two inputs that say the same, so that votes meet and scores decay. */
  private static List<Face> seenTwice(Merge merge) {
    Protocol protocol = new Protocol("test", Protocol.ORIGINAL.inputs(), merge);
    Detector detector = new Detector(FAMILY, anySize(), protocol, Thresholds.WIDER_FACE);
    Candidates candidates = detector.candidates(new NetworkOutput(placement(Flip.NONE), outputs()));
    return detector.faces(List.of(candidates, candidates));
  }

  @Test
  void meshOfAnAnchorThatIsNotThereIsRefused() {
    for (float anchor : new float[] {-1, 0.5f, ANCHORS, Float.NaN}) {
      List<FloatBuffer> outputs = outputs();
      outputs.get(MESH_ANCHORS).put(3, anchor);
      assertThatThrownBy(() -> faces(outputs, Flip.NONE))
          .isInstanceOf(InvalidOutputException.class)
          .hasMessage("the network gave a mesh of anchor %s, but there are 96, from 0 on", anchor);
    }
  }

  @Test
  void verticesThatAreNotNumbersAreRefused() {
    List<FloatBuffer> outputs = outputs();
    for (int value = 0; value < ROWS * 18; value++) {
      outputs.get(MESH).put(value, Float.NaN);
    }
    assertThatThrownBy(() -> faces(outputs, Flip.NONE))
        .isInstanceOf(InvalidOutputException.class)
        .hasMessage("the network gave a number of mesh 'Six' that is not finite");
  }

  @Test
  void meshesOfAnotherSizeAreRefused() {
    List<FloatBuffer> outputs = outputs();
    outputs.set(MESH, outputs.get(MESH).slice(0, ROWS * 18 - 18));
    assertThatThrownBy(() -> faces(outputs, Flip.NONE))
        .isInstanceOf(InvalidOutputException.class)
        .hasMessage("output 5 has 702 values for an input of 90x58, where its family has 720");
  }

  private static void overwrite(FloatBuffer output) {
    for (int index = 0; index < output.limit(); index++) {
      output.put(index, Float.NaN);
    }
  }

  private static List<FloatBuffer> outputs() {
    int[] lengths = {
      ANCHORS * 4, ANCHORS * 4, ANCHORS * 2, ANCHORS * 10, ROWS, ROWS * 18, ROWS * 9
    };
    FloatBuffer all = ReferenceFiles.floats("cascade.f32");
    assertThat(all.limit()).isEqualTo(Arrays.stream(lengths).sum());
    List<FloatBuffer> outputs = new ArrayList<>();
    int at = 0;
    for (int length : lengths) {
      outputs.add(all.slice(at, length));
      at += length;
    }
    return outputs;
  }

  private static InputSize anySize() {
    return new InputSize(InputSize.DYNAMIC, InputSize.DYNAMIC, InputSize.DYNAMIC, 1);
  }

  private static Detector detector() {
    return new Detector(FAMILY, anySize(), Protocol.ORIGINAL, Thresholds.WIDER_FACE);
  }

  private static Placement placement(Flip flip) {
    return new Placement(180, 174, 90, 58, 90, 58, flip);
  }

  private static List<Face> faces(List<FloatBuffer> outputs, Flip flip) {
    Detector detector = detector();
    return detector.faces(
        List.of(detector.candidates(new NetworkOutput(placement(flip), outputs))));
  }

  private static List<Float> vertices(Face face) {
    List<Float> vertices = new ArrayList<>();
    for (FaceMesh mesh : face.meshes()) {
      for (float value : mesh.vertices()) {
        vertices.add(value);
      }
    }
    return vertices;
  }

  private static void assertFaces(List<Face> faces, String name) {
    List<double[]> expected = ReferenceFiles.rows(name);
    assertThat(faces).hasSameSizeAs(expected).hasSizeGreaterThan(15);
    for (int index = 0; index < faces.size(); index++) {
      Face face = faces.get(index);
      Box box = face.box();
      List<Float> numbers =
          new ArrayList<>(List.of(face.score(), box.x1(), box.y1(), box.x2(), box.y2()));
      face.landmarks().forEach(point -> numbers.addAll(List.of(point.x(), point.y())));
      numbers.addAll(vertices(face));
      double[] known = Arrays.stream(expected.get(index)).filter(Double::isFinite).toArray();
      assertThat(numbers).as("face %d", index).hasSize(known.length);
      for (int column = 0; column < known.length; column++) {
        assertThat((double) numbers.get(column))
            .as("face %d, number %d", index, column)
            .isCloseTo(known[column], within(1e-3));
      }
    }
  }
}
