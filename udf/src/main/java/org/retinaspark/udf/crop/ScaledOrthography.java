package org.retinaspark.udf.crop;

import java.util.Optional;
import org.retinaspark.udf.detect.MeshTopology;

/**
 * The pose of known points in space out of their places in an image, as seen from afar: depth only
 * shrinks or grows the whole (scaled orthographic projection, "weak perspective").
 */
final class ScaledOrthography {

  private static final int AXES = MeshTopology.AXES;
  private static final int PLANE = 2;
  private static final int ITERATIONS = 200;

  private ScaledOrthography() {}

  /**
   * The rotation whose projection of the canonical points, {@code [n, 3]}, lies nearest to those
   * seen, {@code [n, 2]}.
   *
   * @return none where the numbers of points differ, where one isn't finite, or where they lie on a
   *     line
   */
  static Optional<double[][]> rotation(float[] canonical, float[] xy) {
    int count = canonical.length / AXES;
    if (xy.length != count * PLANE) {
      return Optional.empty();
    }
    // First version: depth by the pose so far, pose by the points with that depth, in turns.
    float[] seen = new float[canonical.length];
    double scale = spread(xy, PLANE) / spread(canonical, AXES);
    double[][] rotation = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
    for (int iteration = 0; iteration < ITERATIONS; iteration++) {
      for (int point = 0; point < count; point++) {
        seen[point * AXES] = xy[point * PLANE];
        seen[point * AXES + 1] = xy[point * PLANE + 1];
        double depth = 0;
        for (int axis = 0; axis < AXES; axis++) {
          depth += rotation[2][axis] * canonical[point * AXES + axis];
        }
        seen[point * AXES + 2] = (float) (scale * depth);
      }
      Optional<double[][]> next = Alignment.rotation(canonical, new double[0], seen);
      if (next.isEmpty()) {
        return next;
      }
      rotation = next.get();
      scale = spread(seen, AXES) / spread(canonical, AXES);
    }
    return Optional.of(rotation);
  }

  private static double spread(float[] points, int axes) {
    double[] sums = new double[axes];
    double squares = 0;
    for (int at = 0; at < points.length; at++) {
      sums[at % axes] += points[at];
      squares += (double) points[at] * points[at];
    }
    double count = (double) points.length / axes;
    for (double sum : sums) {
      squares -= sum * sum / count;
    }
    return Math.sqrt(Math.max(0, squares) / count);
  }
}
