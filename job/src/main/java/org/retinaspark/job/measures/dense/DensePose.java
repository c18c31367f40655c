package org.retinaspark.job.measures.dense;

/**
 * A head's pose as a table has it.
 *
 * @param way what it was estimated from
 * @param yaw in degrees
 * @param pitch in degrees
 * @param roll in degrees
 */
public record DensePose(PoseWay way, double yaw, double pitch, double roll) {

  boolean isFinite() {
    return Double.isFinite(yaw) && Double.isFinite(pitch) && Double.isFinite(roll);
  }
}
