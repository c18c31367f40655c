package org.retinaspark.io.facetable;

/** What a row is. */
public enum TableLayout {
  /** An image, with its faces as an array. */
  IMAGES,
  /** A face, flat; an image without faces has one row too. */
  FACES
}
