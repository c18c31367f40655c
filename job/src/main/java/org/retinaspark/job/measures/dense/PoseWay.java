package org.retinaspark.job.measures.dense;

import java.util.Locale;

/** What a pose was estimated from; errors of different ways are never mixed. */
public enum PoseWay {
  /** The vertices of a mesh. */
  MESH,
  /** The 68 points. */
  LANDMARKS68,
  /** The detector's five points. */
  POINTS,
  /** Something that the table calls by another name, or by none. */
  OTHER;

  /** The way that a table's {@code pose.source} names. */
  public static PoseWay of(String source) {
    for (PoseWay way : values()) {
      if (way.label().equals(source)) {
        return way;
      }
    }
    return OTHER;
  }

  /** The way's name in tables and reports. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
