package org.retinaspark.io.crops;

import java.io.Serializable;

/**
 * What the output looks like.
 *
 * @param format how crops are stored
 * @param extension of names of crops, without the dot
 * @param fileBytes size of a Parquet file or tar shard, at most and about
 * @param cropBytes size of a crop, about, where files are cut by their number
 */
public record CropForm(CropFormat format, String extension, long fileBytes, long cropBytes)
    implements Serializable {

  /** Crops of a Parquet file, at most. */
  long cropsAFile() {
    return Math.max(1, fileBytes / Math.max(1, cropBytes));
  }
}
