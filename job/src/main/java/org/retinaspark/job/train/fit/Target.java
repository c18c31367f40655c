package org.retinaspark.job.train.fit;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;
import org.retinaspark.udf.detect.Flip;

/** What a head should tell of a sample. */
interface Target extends Serializable {

  /** How many numbers it is. */
  int values();

  /** The numbers, or null if they aren't known: the sample teaches the head nothing then. */
  float @Nullable [] encode(ImageRows rows, int row);

  /** How much its squared error counts, 0 or more, of a row whose numbers are known. */
  default double weight(ImageRows rows, int row) {
    return 1;
  }

  /** How the network saw the image of a sample. */
  static Flip seen(ImageRows rows, int row) {
    return rows.mirrored(row) ? Flip.HORIZONTAL : Flip.NONE;
  }

  /** Numbers that are all finite, or null; labels may hold others. */
  static float @Nullable [] finite(float[] numbers) {
    for (float number : numbers) {
      if (!Float.isFinite(number)) {
        return null;
      }
    }
    return numbers;
  }
}
