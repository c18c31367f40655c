package org.retinaspark.job.measures.dense;

import java.io.Serializable;

/**
 * The labelled face of an image.
 *
 * @param ordinal its place among the labels
 * @param points {@code [68, 2]}: x and y in pixels, in the order of Mesh68, not all on one line
 * @param yaw in degrees
 * @param pitch in degrees
 * @param roll in degrees
 */
public record DenseTruth(int ordinal, double[] points, double yaw, double pitch, double roll)
    implements Serializable {

  private static final int POINTS = 68;
  private static final int LEFT_EYE = 36;
  private static final int RIGHT_EYE = 42;
  private static final int EYE_POINTS = 6;
  private static final int LEFT_CORNER = 36;
  private static final int RIGHT_CORNER = 45;
  private static final int NOSE_TIP = 30;
  private static final int LEFT_MOUTH = 48;
  private static final int RIGHT_MOUTH = 54;

  /**
   * Labels with a larger angle are left out of pose errors, as since Ruiz et al., "Fine-Grained
   * Head Pose Estimation Without Keypoints" (CVPRW 2018), where they are 31 of 2,000.
   */
  private static final double LARGEST_ANGLE = 99;

  /**
   * Checks the number of points.
   *
   * @throws IllegalArgumentException if there aren't 68
   */
  public DenseTruth {
    if (points.length != 2 * POINTS) {
      throw new IllegalArgumentException(
          "a label has %d numbers, which don't make 68 points".formatted(points.length));
    }
  }

  YawBin bin() {
    return YawBin.of(yaw);
  }

  boolean posed() {
    return Math.abs(yaw) <= LARGEST_ANGLE
        && Math.abs(pitch) <= LARGEST_ANGLE
        && Math.abs(roll) <= LARGEST_ANGLE;
  }

  /** The smallest box around the points: x1, y1, x2, y2. */
  double[] box() {
    double[] box = {points[0], points[1], points[0], points[1]};
    for (int i = 0; i < points.length; i++) {
      int axis = i % 2;
      box[axis] = Math.min(box[axis], points[i]);
      box[axis + 2] = Math.max(box[axis + 2], points[i]);
    }
    return box;
  }

  /** What errors are divided by: the square root of the area of {@link #box}. */
  double size() {
    double[] box = box();
    return Math.sqrt((box[2] - box[0]) * (box[3] - box[1]));
  }

  /** The distance of the outer corners of the eyes in the image's plane. */
  double interOcular() {
    return Math.hypot(
        points[2 * RIGHT_CORNER] - points[2 * LEFT_CORNER],
        points[2 * RIGHT_CORNER + 1] - points[2 * LEFT_CORNER + 1]);
  }

  /**
   * The five points, {@code [5, 2]}: the means of each eye's six points, the tip of the nose and
   * the corners of the mouth.
   */
  double[] five() {
    double[] five = new double[10];
    for (int axis = 0; axis < 2; axis++) {
      five[axis] = eye(LEFT_EYE, axis);
      five[2 + axis] = eye(RIGHT_EYE, axis);
    }
    copy(NOSE_TIP, five, 4);
    copy(LEFT_MOUTH, five, 6);
    copy(RIGHT_MOUTH, five, 8);
    return five;
  }

  private double eye(int first, int axis) {
    double sum = 0;
    for (int i = first; i < first + EYE_POINTS; i++) {
      sum += points[2 * i + axis];
    }
    return sum / EYE_POINTS;
  }

  private void copy(int point, double[] to, int at) {
    System.arraycopy(points, 2 * point, to, at, 2);
  }
}
