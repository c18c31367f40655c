package org.retinaspark.job.train.loss;

/**
 * What a mesh loses by the paper (section 3.1): the mean over its vertices of |x| + |y| + |z| of
 * what they miss, and the mean over its edges of what their lengths miss. Numbers are x, y, z of
 * each vertex as the network tells them.
 *
 * @param vertices of the mesh
 * @param edges two vertices of each; shared, not copied
 * @param edgeWeight what the second is multiplied by: 1 in the paper
 */
public record MeshLoss(int vertices, int[] edges, double edgeWeight) implements Loss {

  private static final int AXES = 3;

  /**
   * Checks the edges.
   *
   * @throws IllegalArgumentException if one has no such vertex
   */
  public MeshLoss {
    for (int vertex : edges) {
      if (vertex < 0 || vertex >= vertices) {
        throw new IllegalArgumentException(
            "an edge has vertex %d, but a mesh of %d has those from 0 on"
                .formatted(vertex, vertices));
      }
    }
    if (edges.length % 2 != 0 || vertices < 1 || !(edgeWeight >= 0)) {
      throw new IllegalArgumentException(
          "a mesh of %d vertices, %d ends of edges and weight %s can't be meant"
              .formatted(vertices, edges.length, edgeWeight));
    }
  }

  /** With the edges of triangles, three of each, as the paper counts them, and its weight. */
  public static MeshLoss of(int vertices, int[] triangles) {
    int[] edges = new int[triangles.length * 2];
    for (int corner = 0; corner < triangles.length; corner++) {
      int triangle = corner / AXES * AXES;
      edges[corner * 2] = triangles[corner];
      edges[corner * 2 + 1] = triangles[triangle + (corner + 1) % AXES];
    }
    return new MeshLoss(vertices, edges, 1);
  }

  @Override
  public int values() {
    return vertices * AXES;
  }

  @Override
  public double add(
      double[] predicted, int from, float[] target, double weight, double[] gradient) {
    double missed = 0;
    double each = weight / vertices;
    for (int value = 0; value < vertices * AXES; value++) {
      double miss = predicted[from + value] - target[value];
      missed += Math.abs(miss);
      gradient[from + value] += each * Math.signum(miss);
    }
    return each * missed + addEdges(predicted, from, target, weight, gradient);
  }

  private double addEdges(
      double[] predicted, int from, float[] target, double weight, double[] gradient) {
    if (edges.length == 0 || edgeWeight == 0) {
      return 0;
    }
    double missed = 0;
    double each = weight * edgeWeight * 2 / edges.length;
    for (int edge = 0; edge < edges.length; edge += 2) {
      int one = edges[edge] * AXES;
      int other = edges[edge + 1] * AXES;
      double wanted = 0;
      double length = 0;
      for (int axis = 0; axis < AXES; axis++) {
        double apart = predicted[from + one + axis] - predicted[from + other + axis];
        double right = (double) target[one + axis] - target[other + axis];
        length += apart * apart;
        wanted += right * right;
      }
      length = Math.sqrt(length);
      double miss = length - Math.sqrt(wanted);
      missed += Math.abs(miss);
      // An edge without length has no direction to grow in.
      double slope = length == 0 ? 0 : each * Math.signum(miss) / length;
      for (int axis = 0; axis < AXES; axis++) {
        double apart = predicted[from + one + axis] - predicted[from + other + axis];
        gradient[from + one + axis] += slope * apart;
        gradient[from + other + axis] -= slope * apart;
      }
    }
    return each * missed;
  }
}
