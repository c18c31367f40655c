package org.retinaspark.io.facetable;

import java.util.Locale;

/** What a row is. */
public enum TableLayout {
  /** An image, with its faces as an array. */
  IMAGES,
  /** A face, flat; an image without faces has one row too. */
  FACES;

  /** The layout's name on the command line and in {@code _run.json}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
