package org.retinaspark.job.preview;

import java.util.List;

/**
 * What a preview shows.
 *
 * @param page where the page is
 * @param rows the images on it
 */
public record PreviewResult(String page, List<PreviewRow> rows) {

  /** Keeps an unmodifiable list. */
  public PreviewResult {
    rows = List.copyOf(rows);
  }
}
