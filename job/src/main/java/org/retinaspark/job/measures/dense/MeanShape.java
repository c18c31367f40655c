package org.retinaspark.job.measures.dense;

import java.io.Serializable;

/**
 * The mean of meshes and of five points in the frames of their boxes: x from 0 at the left to 1 at
 * the right side, y from 0 at the top to 1 at the bottom, z over the square root of the box's area.
 *
 * @param form what its mesh is
 * @param faces how many it is the mean of
 * @param mesh {@code [points, axes]} of the form; zeros of no faces
 * @param five {@code [5, 2]}; empty if none of the faces has them
 */
public record MeanShape(MeshForm form, long faces, double[] mesh, double[] five)
    implements Serializable {

  private static final int PLANE = 2;

  /** The mean mesh in a box: x1, y1, x2, y2. */
  float[] inBox(double[] box) {
    double width = box[2] - box[0];
    double height = box[3] - box[1];
    return mapped(new double[] {width, 0, 0, height, box[0], box[1]});
  }

  /**
   * The mean mesh by the affine map of the plane that takes the mean's five points nearest to
   * these, by the sum of squared distances. Depth is scaled as areas are, by the root of the map's
   * determinant.
   *
   * @param points {@code [5, 2]}
   * @return empty where one of the two lacks points, or where the mean's lie on a line
   */
  float[] fittedTo(double[] points) {
    int count = five.length / PLANE;
    if (count == 0 || points.length != five.length) {
      return new float[0];
    }
    double[] from = centre(five);
    double[] to = centre(points);
    double xx = 0;
    double xy = 0;
    double yy = 0;
    double[] products = new double[4];
    for (int point = 0; point < count; point++) {
      double x = five[PLANE * point] - from[0];
      double y = five[PLANE * point + 1] - from[1];
      double u = points[PLANE * point] - to[0];
      double v = points[PLANE * point + 1] - to[1];
      xx += x * x;
      xy += x * y;
      yy += y * y;
      products[0] += u * x;
      products[1] += u * y;
      products[2] += v * x;
      products[3] += v * y;
    }
    double determinant = xx * yy - xy * xy;
    double a = (products[0] * yy - products[1] * xy) / determinant;
    double b = (products[1] * xx - products[0] * xy) / determinant;
    double c = (products[2] * yy - products[3] * xy) / determinant;
    double d = (products[3] * xx - products[2] * xy) / determinant;
    double shiftX = to[0] - a * from[0] - b * from[1];
    double shiftY = to[1] - c * from[0] - d * from[1];
    return mapped(new double[] {a, b, c, d, shiftX, shiftY});
  }

  private static double[] centre(double[] points) {
    double[] centre = new double[PLANE];
    for (int at = 0; at < points.length; at++) {
      centre[at % PLANE] += PLANE * points[at] / points.length;
    }
    return centre;
  }

  /** By {@code u = a·x + b·y + e, v = c·x + d·y + f}; empty if a number isn't finite. */
  private float[] mapped(double[] map) {
    double scale = Math.sqrt(Math.abs(map[0] * map[3] - map[1] * map[2]));
    float[] mapped = new float[mesh.length];
    for (int at = 0; at < mesh.length; at += form.axes()) {
      mapped[at] = (float) (map[0] * mesh[at] + map[1] * mesh[at + 1] + map[4]);
      mapped[at + 1] = (float) (map[2] * mesh[at] + map[3] * mesh[at + 1] + map[5]);
      if (form.isDeep()) {
        mapped[at + PLANE] = (float) (scale * mesh[at + PLANE]);
      }
    }
    for (float number : mapped) {
      if (!Float.isFinite(number)) {
        return new float[0];
      }
    }
    return mapped;
  }
}
