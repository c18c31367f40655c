package org.retinaspark.udf.dense;

import java.io.Serializable;

/**
 * Which faces get a mesh, and which meshes are kept.
 *
 * @param minimumFace shorter side of a face's box, in pixels, from which on it is looked at
 * @param minimumScore score of a mesh from which on it is kept, from 0 to 1; of no account to
 *     networks that give none
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
}
