package org.retinaspark.io.images;

/** What a unit of work is a file of. */
public enum FileFormat {
  /** One image. */
  IMAGE,
  /** A tar archive, compressed by gzip or not; one image a member. */
  TAR,
  /** A zip archive; one image a member. */
  ZIP,
  /** A Parquet table with a column of images; one image a row. */
  TABLE
}
