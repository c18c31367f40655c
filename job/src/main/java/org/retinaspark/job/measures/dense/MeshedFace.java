package org.retinaspark.job.measures.dense;

import java.io.Serializable;

/**
 * A face of a table with its mesh, in pixels of the stored image.
 *
 * @param box x1, y1, x2, y2
 * @param five {@code [5, 2]}: x and y of left eye, right eye, nose tip, left and right mouth
 *     corner; empty where the table has none
 * @param mesh {@code [vertices, axes]} of a {@link MeshForm}; empty where the table has none of it
 * @param score how sure the mesh's network is that it saw a face, 0 to 1; NaN where it doesn't say
 * @param yaw of the head in degrees; NaN where nobody knows
 */
public record MeshedFace(double[] box, double[] five, float[] mesh, double score, double yaw)
    implements Serializable {

  private static final int FIVE = 10;

  double width() {
    return box[2] - box[0];
  }

  double height() {
    return box[3] - box[1];
  }

  /** The square root of the area of the box. */
  double size() {
    return Math.sqrt(width() * height());
  }

  double shorterSide() {
    return Math.min(width(), height());
  }

  /** Whether it has the five points, and all of them are numbers. */
  boolean hasFive() {
    for (double number : five) {
      if (!Double.isFinite(number)) {
        return false;
      }
    }
    return five.length == FIVE;
  }

  /** Whether it has a mesh of a form, and all of it is numbers. */
  boolean has(MeshForm form) {
    if (mesh.length != form.numbers()) {
      return false;
    }
    for (float number : mesh) {
      if (!Float.isFinite(number)) {
        return false;
      }
    }
    return true;
  }

  /** Intersection over union of the boxes; NaN, which is no overlap, where a corner is NaN. */
  double overlap(MeshedFace other) {
    double across = Math.min(box[2], other.box[2]) - Math.max(box[0], other.box[0]);
    double down = Math.min(box[3], other.box[3]) - Math.max(box[1], other.box[1]);
    double both = Math.max(0, across) * Math.max(0, down);
    return both / (width() * height() + other.width() * other.height() - both);
  }
}
