package org.retinaspark.job.measures.dense;

import java.util.Locale;

/** Whose mesh of a face is measured. */
public enum MeshSource {
  /** The table's own. */
  TABLE,
  /** The mean shape in the table's box. */
  MEAN_SHAPE,
  /** The mean shape by the affine map that takes its five points nearest to the table's. */
  FIVE_POINTS;

  /** Its name in reports. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
