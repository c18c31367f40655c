package org.retinaspark.job.crop;

import java.util.List;
import org.retinaspark.io.crops.CropCounts;

/**
 * What {@code crop} did.
 *
 * @param census what the table had
 * @param counts what was stored
 * @param seconds from the first task to the published crops
 * @param output where they are
 * @param warnings what isn't known of the table, and may have gone wrong
 */
record CropResult(
    CropCensus census, CropCounts counts, double seconds, String output, List<String> warnings) {

  /** Keeps an unmodifiable list. */
  CropResult {
    warnings = List.copyOf(warnings);
  }
}
