package org.retinaspark.job.measures.dense;

/**
 * How far a head is turned, in the three parts by which results on AFLW2000-3D are reported (Zhu et
 * al., CVPR 2016): by the label's yaw, without its sign, in degrees.
 */
public enum YawBin {
  /** Up to 30 degrees. */
  FRONTAL(0, "0-30"),
  /** More than 30, up to 60. */
  HALF(1, "30-60"),
  /** More than 60; the few labels beyond 90 degrees count here. */
  PROFILE(2, "60-90");

  private static final double FIRST = 30;
  private static final double SECOND = 60;

  private final int place;
  private final String label;

  YawBin(int place, String label) {
    this.place = place;
    this.label = label;
  }

  /** The part's name in reports. */
  public String label() {
    return label;
  }

  /** Its place among the three. */
  int place() {
    return place;
  }

  static YawBin of(double yaw) {
    double turned = Math.abs(yaw);
    if (turned <= FIRST) {
      return FRONTAL;
    }
    return turned <= SECOND ? HALF : PROFILE;
  }
}
