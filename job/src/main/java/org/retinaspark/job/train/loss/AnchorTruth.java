package org.retinaspark.job.train.loss;

import org.jspecify.annotations.Nullable;

/**
 * What a network should have said at an anchor.
 *
 * @param face 1 where the anchor is a face, else 0
 * @param box targets; null of background
 * @param landmarks targets; null of background, and where nobody labelled them
 * @param mesh targets; null of background, and where nobody labelled it
 */
public record AnchorTruth(
    float[] face, float @Nullable [] box, float @Nullable [] landmarks, float @Nullable [] mesh) {

  private static final float[] NO_FACE = {0};
  private static final float[] FACE = {1};

  /** Background. */
  public static final AnchorTruth BACKGROUND = new AnchorTruth(NO_FACE, null, null, null);

  /** A face, as far as it was labelled. */
  public static AnchorTruth face(
      float[] box, float @Nullable [] landmarks, float @Nullable [] mesh) {
    return new AnchorTruth(FACE, box, landmarks, mesh);
  }
}
