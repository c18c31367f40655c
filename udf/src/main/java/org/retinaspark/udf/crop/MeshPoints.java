package org.retinaspark.udf.crop;

import org.retinaspark.udf.detect.MeshTopology;

/** Points that lie on a mesh: each is the mean of some vertices. */
final class MeshPoints {

  private final int[][] points;

  /** For each point the vertices whose mean it is. */
  MeshPoints(int[][] points) {
    this.points = points;
  }

  /** The first so many axes, {@code [points, axes]}, out of {@code [vertices, 3]}. */
  float[] of(float[] vertices, int axes) {
    float[] means = new float[points.length * axes];
    for (int at = 0; at < means.length; at++) {
      int[] those = points[at / axes];
      double sum = 0;
      for (int vertex : those) {
        sum += vertices[vertex * MeshTopology.AXES + at % axes];
      }
      means[at] = (float) (sum / those.length);
    }
    return means;
  }

  /** For each point the vertices whose mean it is. */
  int[][] vertices() {
    return points.clone();
  }

  /** Whether these are the vertices of a topology. */
  static boolean fits(MeshTopology mesh, String topology, float[] vertices) {
    return topology.equals(mesh.name()) && vertices.length == mesh.vertices() * MeshTopology.AXES;
  }

  /** Whether all are numbers. */
  static boolean areFinite(float[] numbers) {
    for (float number : numbers) {
      if (!Float.isFinite(number)) {
        return false;
      }
    }
    return true;
  }
}
