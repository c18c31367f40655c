package org.retinaspark.job.preview;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.retinaspark.udf.crop.CanonicalFace;

final class WireframeTest {

  private static final Pattern STEP =
      Pattern.compile("([ml])(-?\\d+(?:\\.\\d)?) ?(-?\\d+(?:\\.\\d)?)");

  /** Each vertex has a place of its own, by which the edges of the path are known. */
  @Test
  void drawsEveryEdgeOnce() {
    int[] triangles = CanonicalFace.of("FaceMesh468").orElseThrow().triangles();
    Set<Set<Integer>> edges = new HashSet<>();
    for (int at = 0; at < triangles.length; at += 3) {
      edges.add(Set.of(triangles[at], triangles[at + 1]));
      edges.add(Set.of(triangles[at + 1], triangles[at + 2]));
      edges.add(Set.of(triangles[at + 2], triangles[at]));
    }
    float[] vertices = new float[468 * 3];
    for (int vertex = 0; vertex < 468; vertex++) {
      vertices[3 * vertex] = vertex / 10f;
      vertices[3 * vertex + 1] = vertex * 37 % 100;
    }
    List<Set<Integer>> drawn = new ArrayList<>();
    Matcher steps = STEP.matcher(Wireframe.of("FaceMesh468").path(vertices));
    double x = 0;
    while (steps.find()) {
      int from = (int) Math.round(10 * x);
      x += Double.parseDouble(steps.group(2));
      if (steps.group(1).equals("l")) {
        drawn.add(Set.of(from, (int) Math.round(10 * x)));
      }
    }
    assertThat(drawn).hasSize(1365).containsExactlyInAnyOrderElementsOf(edges);
  }

  @Test
  void aFaceTakesSomeKilobytes() {
    assertThat(Wireframe.of("FaceMesh468").path(DetailedFaces.vertices()).length())
        .isLessThan(16_000);
  }

  @Test
  void verticesOfUnknownEdgesAreDots() {
    assertThat(Wireframe.of("Mesh68").path(new float[] {1, 2, 9, -4.26f, 2, 9}))
        .isEqualTo("m1 2h0m-5.3 0h0");
  }

  @Test
  void ofManyVerticesSomeAreDrawn() {
    float[] vertices = new float[3 * 53_215];
    for (int at = 0; at < vertices.length; at++) {
      vertices[at] = at % 997;
    }
    assertThat(Wireframe.of("a model's own").path(vertices).length()).isBetween(4_000, 16_000);
  }
}
