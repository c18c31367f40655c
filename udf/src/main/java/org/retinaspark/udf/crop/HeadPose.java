package org.retinaspark.udf.crop;

import java.io.Serializable;
import java.util.Locale;

/**
 * How a head is turned, in degrees, in the convention of 300W-LP and AFLW2000-3D (Zhu et al., "Face
 * Alignment Across Large Poses", 2016): {@code docs/pose.md} draws it.
 *
 * @param yaw from −90 to 90; over 0 the face looks to the left of the image
 * @param pitch from −180 to 180; over 0 it looks up
 * @param roll from −180 to 180; over 0 it leans clockwise as the image is seen
 * @param source what it was estimated from
 */
public record HeadPose(float yaw, float pitch, float roll, Source source) implements Serializable {

  /** What a pose was estimated from, the surest first. */
  public enum Source {
    /** A mesh with depth. */
    MESH,
    /** 68 points of the image, without depth. */
    LANDMARKS68,
    /** The five points of the detector, without depth. */
    POINTS;

    /** As the table calls it. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
