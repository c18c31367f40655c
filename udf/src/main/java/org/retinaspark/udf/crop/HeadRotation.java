package org.retinaspark.udf.crop;

import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.RealMatrix;

/**
 * Rotations of a head as matrices, and as the three angles of 300W-LP.
 *
 * <p>Zhu's code (3DDFA, {@code RotationMatrix.m}) turns by {@code Rx(pitch)·Ry(yaw)·Rz(roll)}, each
 * the transpose of the textbook's matrix, with y up and z towards the camera. In the axes of an
 * image (y down, z away from the camera) that is, by the textbook's matrices, {@code
 * X(−pitch)·Y(yaw)·Z(roll)}.
 */
public final class HeadRotation {

  /** Cosine of a yaw so near to 90 degrees that pitch and roll turn about one axis. */
  private static final double LOCK = 1e-6;

  private HeadRotation() {}

  /** The angles of a rotation matrix, in degrees. */
  static HeadPose pose(RealMatrix rotation, HeadPose.Source source) {
    double[][] r = rotation.getData();
    double sine = Math.max(-1, Math.min(1, r[0][2]));
    double yaw = Math.asin(sine);
    double pitch;
    double roll;
    if (Math.hypot(r[0][0], r[0][1]) > LOCK) {
      pitch = Math.atan2(r[1][2], r[2][2]);
      roll = Math.atan2(-r[0][1], r[0][0]);
    } else {
      // All of the turn is given to roll.
      pitch = 0;
      roll = Math.atan2(r[1][0], r[1][1]);
    }
    return new HeadPose(degrees(yaw), degrees(pitch), degrees(roll), source);
  }

  private static float degrees(double radians) {
    return (float) Math.toDegrees(radians);
  }

  /**
   * Where the head's own axes point in the image, by angles in degrees: {@code [3][3]}, the row of
   * each axis of the image (x, y, z), the column of each of the head (x, y down, z away from its
   * face).
   */
  public static double[][] axes(double yaw, double pitch, double roll) {
    return matrix(yaw, pitch, roll).getData();
  }

  /** The rotation matrix of angles in degrees. */
  static RealMatrix matrix(double yaw, double pitch, double roll) {
    double cy = Math.cos(Math.toRadians(yaw));
    double sy = Math.sin(Math.toRadians(yaw));
    double cx = Math.cos(Math.toRadians(pitch));
    double sx = -Math.sin(Math.toRadians(pitch));
    double cz = Math.cos(Math.toRadians(roll));
    double sz = Math.sin(Math.toRadians(roll));
    return new Array2DRowRealMatrix(
        new double[][] {
          {cy * cz, -cy * sz, sy},
          {sx * sy * cz + cx * sz, -sx * sy * sz + cx * cz, -sx * cy},
          {-cx * sy * cz + sx * sz, cx * sy * sz + sx * cz, cx * cy}
        });
  }
}
