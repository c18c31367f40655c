package org.retinaspark.io.images;

/** What the key of an image in a file of many is. */
public enum KeyRule {
  /** Of a row of a table with a column of keys its own, else as {@link #PATH}. */
  AUTO,
  /** Its own name or key alone, which has to be unlike all others of the input. */
  OWN,
  /** Its own name or key, behind the path of its file below the input. */
  PATH
}
