package org.retinaspark.udf.dense;

import java.io.Serializable;
import org.retinaspark.udf.detect.Face;

/**
 * Which faces get a mesh. Its own score is no limit: the table has it, so that readers choose.
 *
 * @param minimumFace shorter side of a face's box, in pixels, from which on it is looked at
 * @param minimumScore the detector's score of a face from which on it is looked at, from 0 to 1
 */
public record MeshLimits(double minimumFace, double minimumScore) implements Serializable {

  /** 32 pixels, score 0.5. */
  public static final MeshLimits DEFAULT = new MeshLimits(32, 0.5);

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException naming the option, its value and what it may be
   */
  public MeshLimits {
    if (!(minimumFace >= 0) || !Double.isFinite(minimumFace)) {
      throw new IllegalArgumentException(
          "--mesh-min-face is %s, but must be a number of pixels, at least 0"
              .formatted(minimumFace));
    }
    if (!(minimumScore >= 0 && minimumScore <= 1)) {
      throw new IllegalArgumentException(
          "--mesh-min-score is %s, but must be from 0 to 1".formatted(minimumScore));
    }
  }

  /** Whether a face is likely enough to be looked at. */
  boolean isLikely(Face face) {
    return face.score() >= minimumScore;
  }

  /** Whether a face is large enough to be looked at. */
  boolean isLarge(Face face) {
    return Math.min(face.box().width(), face.box().height()) >= minimumFace;
  }
}
