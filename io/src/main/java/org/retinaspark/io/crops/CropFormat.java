package org.retinaspark.io.crops;

/** How crops are stored. */
public enum CropFormat {
  /** A Parquet table, a row a face. */
  PARQUET,
  /** Shards of tar in the manner of WebDataset: of each crop the image and what is known of it. */
  TAR,
  /** A file a crop, in folders as the images' keys have them. */
  FILES
}
