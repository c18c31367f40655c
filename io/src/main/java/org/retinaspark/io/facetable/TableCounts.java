package org.retinaspark.io.facetable;

import java.util.Map;

/**
 * What a table holds.
 *
 * @param images all of them
 * @param failed those that could not be looked at
 * @param faces of all images
 * @param failures failed images by stage and code, {@code read/timeout} and the like
 */
public record TableCounts(long images, long failed, long faces, Map<String, Long> failures) {

  /** Keeps an unmodifiable copy. */
  public TableCounts {
    failures = Map.copyOf(failures);
  }
}
