package org.retinaspark.udf.crop;

import java.io.Serializable;
import java.util.Locale;

/**
 * How a head is turned.
 *
 * @param yaw in degrees, as pitch and roll are
 * @param source what it was told from
 */
public record HeadPose(float yaw, float pitch, float roll, Source source) implements Serializable {

  /** What a pose may be told from. */
  public enum Source {
    /** A dense mesh. */
    MESH,
    /** The 68 points of the Multi-PIE markup. */
    LANDMARKS68,
    /** The detector's five points. */
    POINTS;

    /** The word for it in the table. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
