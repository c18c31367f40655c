package org.retinaspark.udf.detect;

import java.io.Serializable;

/**
 * What becomes of the network's candidates.
 *
 * @param score a face needs more than this score, from 0 to below 1
 * @param intersectionOverUnion from 0 to 1; what a {@link Merge} takes boxes for the same face by
 * @param candidates the best so many of each network input are merged
 * @param faces at most so many faces of an image, the best
 * @param minimumFace shorter side, in pixels of the image, that a face must have; 0 for any
 */
public record Thresholds(
    float score, float intersectionOverUnion, int candidates, int faces, float minimumFace)
    implements Serializable {

  /**
   * The settings of the published WIDER FACE figures (biubug6/Pytorch_Retinaface, {@code
   * test_widerface.py}).
   */
  public static final Thresholds WIDER_FACE = new Thresholds(0.02f, 0.4f, 5000, 750, 0);

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException naming the option, its value and what it may be
   */
  public Thresholds {
    require(score >= 0 && score < 1, "--score-threshold", score, "from 0 to below 1");
    require(
        intersectionOverUnion >= 0 && intersectionOverUnion <= 1,
        "--nms-threshold",
        intersectionOverUnion,
        "from 0 to 1");
    require(candidates >= 1, "--top-k", candidates, "at least 1");
    require(faces >= 1, "--max-faces", faces, "at least 1");
    require(
        minimumFace >= 0 && Float.isFinite(minimumFace),
        "--min-face",
        minimumFace,
        "a number of pixels, at least 0");
  }

  /**
   * What a candidate's score must exceed to support others' faces, where that counts: no more than
   * that of the published figures, so that who asks for better faces gets the same ones, not fewer.
   */
  float support() {
    return Math.min(score, WIDER_FACE.score);
  }

  /** Whether a face is large enough. */
  boolean admits(Box face) {
    return Math.min(face.width(), face.height()) >= minimumFace;
  }

  private static void require(boolean valid, String option, Number value, String range) {
    if (!valid) {
      throw new IllegalArgumentException(option + " is " + value + ", but must be " + range);
    }
  }
}
