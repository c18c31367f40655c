package org.retinaspark.job.measures.dense;

import java.io.Serializable;

/**
 * The points that are compared: the vertices of a topology, or the 68 points.
 *
 * @param name as reports call it
 * @param points how many there are
 * @param axes numbers a point: x and y, and with 3 z, in the unit of x and growing away from the
 *     camera
 * @param leftCorner the outer corner of the eye that has the smaller x on an upright face; {@value
 *     #UNKNOWN} where nobody knows which point that is
 * @param rightCorner that of the other eye
 */
public record MeshForm(String name, int points, int axes, int leftCorner, int rightCorner)
    implements Serializable {

  /** The place of an eye's corner that isn't known. */
  public static final int UNKNOWN = -1;

  private static final int PLANE = 2;

  /**
   * Checks that the corners are points.
   *
   * @throws IllegalArgumentException if one isn't, or if there are no points or other axes
   */
  public MeshForm {
    if (points < 1 || axes < PLANE || axes > PLANE + 1) {
      throw new IllegalArgumentException(
          "%s has %d points of %d numbers, which is no mesh".formatted(name, points, axes));
    }
    if (Math.min(leftCorner, rightCorner) < UNKNOWN
        || Math.max(leftCorner, rightCorner) >= points) {
      throw new IllegalArgumentException(
          "%s has %d points, and the corners of the eyes %d and %d aren't among them"
              .formatted(name, points, leftCorner, rightCorner));
    }
  }

  int numbers() {
    return points * axes;
  }

  /** Whether there is a z to compare. */
  public boolean isDeep() {
    return axes > PLANE;
  }

  /**
   * The distance of the outer corners of the eyes, in space where there is depth: in the plane it
   * goes to nothing on a profile.
   *
   * @return NaN where the corners aren't known
   */
  double interOcular(float[] mesh) {
    if (leftCorner == UNKNOWN || rightCorner == UNKNOWN) {
      return Double.NaN;
    }
    double squares = 0;
    for (int axis = 0; axis < axes; axis++) {
      double apart = (double) mesh[rightCorner * axes + axis] - mesh[leftCorner * axes + axis];
      squares += apart * apart;
    }
    return Math.sqrt(squares);
  }

  /** The mean distance of the points in the image's plane, in pixels. */
  double distance(float[] one, float[] other) {
    double sum = 0;
    for (int at = 0; at < numbers(); at += axes) {
      sum += Math.hypot((double) one[at] - other[at], (double) one[at + 1] - other[at + 1]);
    }
    return sum / points;
  }

  /**
   * The mean difference of the points' depths in pixels, each beside the mean depth of its own
   * mesh: a mesh says how deep a point lies in a face and not how far away the face is, and where z
   * is 0 differs from network to network.
   *
   * @return NaN where there is no depth
   */
  double depthDifference(float[] one, float[] other) {
    if (!isDeep()) {
      return Double.NaN;
    }
    double shift = 0;
    for (int at = PLANE; at < numbers(); at += axes) {
      shift += ((double) one[at] - other[at]) / points;
    }
    double sum = 0;
    for (int at = PLANE; at < numbers(); at += axes) {
      sum += Math.abs((double) one[at] - other[at] - shift);
    }
    return sum / points;
  }
}
