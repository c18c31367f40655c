package org.retinaspark.udf.crop;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.retinaspark.udf.detect.Point;

class Landmarks68Test {

  @Test
  void areMeansOfVerticesInThePlaneOfTheMesh() {
    float[] vertices = numbered(468);

    float[] points = Landmarks68.ofMesh("FaceMesh468", vertices).orElseThrow();

    assertThat(points).hasSize(136);
    assertThat(points[2 * 30]).as("x of the tip of the nose").isEqualTo(vertices[3 * 4]);
    assertThat(points[2 * 30 + 1]).as("its y").isEqualTo(vertices[3 * 4 + 1]);
    assertThat(points[2 * 27]).isEqualTo((vertices[3 * 168] + vertices[3 * 6]) / 2);
  }

  @Test
  void ofMesh68AreItsOwnWithoutDepth() {
    float[] vertices = numbered(68);

    float[] points = Landmarks68.ofMesh("Mesh68", vertices).orElseThrow();

    assertThat(points).hasSize(136).startsWith(0, 1, 3, 4).endsWith(201, 202);
  }

  @Test
  void areNoneOfAMeshThatIsUnknownOrUnfit() {
    assertThat(Landmarks68.ofMesh("Mesh1k", numbered(1000))).isEmpty();
    assertThat(Landmarks68.ofMesh("FaceMesh468", numbered(467))).isEmpty();
    assertThat(Landmarks68.ofMesh("Mesh68", numbered(468))).isEmpty();
    assertThat(Landmarks68.ofMesh("FaceMesh468", new float[0])).isEmpty();
  }

  @Test
  void areNoneWhereAVertexOfTheirsIsNotFinite() {
    float[] vertices = numbered(468);
    vertices[3 * 4] = Float.NaN;

    assertThat(Landmarks68.ofMesh("FaceMesh468", vertices)).isEmpty();
    assertThat(FivePoints.ofMesh("FaceMesh468", numbered(468))).isPresent();

    vertices[3 * 1 + 1] = Float.NEGATIVE_INFINITY;
    assertThat(FivePoints.ofMesh("FaceMesh468", vertices)).isEmpty();
  }

  @Test
  void theFivePointsOfBothMarkupsLieNearEachOther() {
    float[] canonical = CanonicalFace.of("FaceMesh468").orElseThrow().vertices();
    float[] points68 = CanonicalFace.of("Mesh68").orElseThrow().vertices();

    var ofMesh = FivePoints.ofMesh("FaceMesh468", canonical).orElseThrow();
    var of68 = FivePoints.ofMesh("Mesh68", points68).orElseThrow();

    for (int point = 0; point < 5; point++) {
      Point one = ofMesh.get(point);
      Point other = of68.get(point);
      // Centimetres; what MediaPipe calls the tip of the nose is the lower end of it.
      assertThat(Math.hypot(one.x() - other.x(), one.y() - other.y()))
          .isLessThan(point == 2 ? 0.7 : 0.1);
    }
    assertThat(FivePoints.ofMesh("Mesh68", numbered(67))).isEmpty();
  }

  private static float[] numbered(int vertices) {
    float[] numbers = new float[3 * vertices];
    for (int at = 0; at < numbers.length; at++) {
      numbers[at] = at;
    }
    return numbers;
  }
}
