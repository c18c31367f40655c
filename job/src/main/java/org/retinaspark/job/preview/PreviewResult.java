package org.retinaspark.job.preview;

import java.util.List;
import org.retinaspark.io.facetable.ImageRecord;

/**
 * What a preview shows.
 *
 * @param page where the page is
 * @param images the images on it
 */
public record PreviewResult(String page, List<ImageRecord> images) {

  /** Keeps an unmodifiable list. */
  public PreviewResult {
    images = List.copyOf(images);
  }
}
