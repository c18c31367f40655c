package org.retinaspark.job.preview;

import java.util.List;
import org.retinaspark.io.facetable.ImageRecord;

/**
 * What a preview shows.
 *
 * @param page where the page is
 * @param images the images on it
 * @param warnings what isn't known of the table, and may be shown wrongly
 */
public record PreviewResult(String page, List<ImageRecord> images, List<String> warnings) {

  /** Keeps unmodifiable lists. */
  public PreviewResult {
    images = List.copyOf(images);
    warnings = List.copyOf(warnings);
  }
}
