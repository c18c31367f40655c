package org.retinaspark.io.table;

import java.util.Locale;

/** Codecs of Parquet pages that every reader knows. */
public enum Compression {
  /** Small and fast. */
  ZSTD,
  /** Fast, larger. */
  SNAPPY,
  /** For old readers. */
  GZIP,
  /** As it is. */
  NONE;

  /** The codec's name on the command line and for Spark. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
