package org.retinaspark.udf.crop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.retinaspark.udf.detect.MeshTopology;

class CanonicalFaceTest {

  private static final CanonicalFace FACE_MESH = CanonicalFace.of("FaceMesh468").orElseThrow();

  @Test
  void hasTheVerticesAndTrianglesOfFaceMesh() {
    assertThat(FACE_MESH.vertices()).hasSize(468 * 3);
    assertThat(FACE_MESH.triangles()).hasSize(898 * 3);
    Set<Integer> corners = new HashSet<>();
    IntStream.of(FACE_MESH.triangles()).forEach(corners::add);
    assertThat(corners).hasSize(468).allMatch(corner -> corner >= 0 && corner < 468);
  }

  /** x to the right, y down, z away from the camera: the nose is in front, the chin is below. */
  @Test
  void itsAxesAreThoseOfAnImage() {
    float[] points = CanonicalFace.fivePoints();

    assertThat(points[0]).as("the left eye is left of the right one").isLessThan(points[3]);
    assertThat(points[1]).as("the eyes are above the mouth").isLessThan(points[10]);
    assertThat(points[8]).as("the nose is before the eyes").isLessThan(points[2] - 2);
    assertThat(points[6]).as("the nose is in the middle").isZero();
  }

  @Test
  void isItsOwnMirrorImageByTheTableOfTheTopology() {
    assertMirrored(FACE_MESH.vertices(), MeshTopology.FACE_MESH.mirror());
  }

  /** So the correspondence of the 68 points swaps as the 68 points themselves do. */
  @Test
  void itsSixtyEightPointsAreTheirOwnMirrorImageByTheTableOfMesh68() {
    assertMirrored(
        CanonicalFace.of("Mesh68").orElseThrow().vertices(), MeshTopology.MESH68.mirror());
    int[][] vertices = Landmarks68.ON_FACE_MESH.vertices();
    for (int point = 0; point < vertices.length; point++) {
      Set<Integer> mirrored = new HashSet<>();
      IntStream.of(vertices[point])
          .map(MeshTopology.FACE_MESH.mirror()::get)
          .forEach(mirrored::add);
      assertThat(IntStream.of(vertices[MeshTopology.MESH68.mirror().get(point)]).boxed())
          .as("the vertices of the mirror image of point %d", point)
          .containsExactlyInAnyOrderElementsOf(mirrored);
    }
  }

  /** What each run of points is: contours run evenly, and lie where the part is. */
  @Test
  void itsSixtyEightPointsRunAsTheMarkupDoes() {
    float[] points = CanonicalFace.of("Mesh68").orElseThrow().vertices();

    assertThat(lowest(points)).as("the chin").isEqualTo(8);
    assertThat(foremost(points)).as("the tip of the nose").isEqualTo(30);
    for (int[] rightwards :
        new int[][] {{0, 16}, {17, 26}, {31, 35}, {36, 39}, {42, 45}, {48, 54}}) {
      for (int point = rightwards[0]; point < rightwards[1]; point++) {
        assertThat(points[3 * point]).as("x of point %d", point).isLessThan(points[3 * point + 3]);
      }
    }
    for (int point = 27; point < 30; point++) {
      assertThat(points[3 * point + 1])
          .as("y of point %d", point)
          .isLessThan(points[3 * point + 4]);
    }
  }

  @Test
  void itsTrianglesRunAnticlockwiseAsTheCameraSeesThem() {
    float[] vertices = FACE_MESH.vertices();
    int[] triangles = FACE_MESH.triangles();
    int anticlockwise = 0;
    for (int at = 0; at < triangles.length; at += 3) {
      int a = 3 * triangles[at];
      int b = 3 * triangles[at + 1];
      int c = 3 * triangles[at + 2];
      float cross =
          (vertices[b] - vertices[a]) * (vertices[c + 1] - vertices[a + 1])
              - (vertices[b + 1] - vertices[a + 1]) * (vertices[c] - vertices[a]);
      anticlockwise += cross < 0 ? 1 : 0;
    }
    assertThat(anticlockwise).isGreaterThan(triangles.length / 3 * 95 / 100);
  }

  @Test
  void othersHaveNone() {
    assertThat(CanonicalFace.of("Mesh1k")).isEmpty();
    assertThat(CanonicalFace.of("")).isEmpty();
  }

  @Test
  void nobodyCanChangeIt() {
    FACE_MESH.vertices()[0] = 1000;
    FACE_MESH.triangles()[0] = -1;

    assertThat(FACE_MESH.vertices()[0]).isZero();
    assertThat(FACE_MESH.triangles()[0]).isNotNegative();
  }

  private static void assertMirrored(float[] vertices, List<Integer> mirror) {
    List<Float> mirrored = new ArrayList<>();
    List<Float> own = new ArrayList<>();
    for (int vertex = 0; vertex < mirror.size(); vertex++) {
      int other = 3 * mirror.get(vertex);
      own.addAll(List.of(vertices[3 * vertex], vertices[3 * vertex + 1], vertices[3 * vertex + 2]));
      mirrored.addAll(List.of(0 - vertices[other], vertices[other + 1], vertices[other + 2]));
    }
    assertThat(mirrored).isEqualTo(own);
  }

  private static int lowest(float[] points) {
    return extreme(points, 1, 1);
  }

  private static int foremost(float[] points) {
    return extreme(points, 2, -1);
  }

  private static int extreme(float[] points, int axis, int sign) {
    int best = 0;
    for (int point = 0; point < points.length / 3; point++) {
      if (sign * points[3 * point + axis] > sign * points[3 * best + axis]) {
        best = point;
      }
    }
    return best;
  }
}
