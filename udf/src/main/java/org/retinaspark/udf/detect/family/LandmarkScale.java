package org.retinaspark.udf.detect.family;

import java.util.Locale;

/** By what the landmark deltas of an InsightFace model are multiplied; its shapes don't tell. */
public enum LandmarkScale {
  /** As they are: the first training ({@code mnet.25_v1}), or a scale inside the graph. */
  V1(InsightFaceFamily.LANDMARK_SCALE_V1),
  /** By 0.2: the second training ({@code mnet.25_v2}). */
  V2(InsightFaceFamily.LANDMARK_SCALE_V2);

  private final float factor;

  LandmarkScale(float factor) {
    this.factor = factor;
  }

  /** The factor. */
  public float factor() {
    return factor;
  }

  /** The name on the command line and in model metadata. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
