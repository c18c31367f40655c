package org.retinaspark.job.export;

import java.util.Optional;
import org.retinaspark.io.catalog.CatalogPolicy;

/**
 * What to copy into a catalog, and how.
 *
 * @param detections URI of the detection table
 * @param table its name there, {@code catalog.database.table}
 * @param provider what the catalog makes, as {@code USING} says in SQL; empty for its own choice
 * @param policy what becomes of a table that is there
 */
public record CatalogConfig(
    String detections, String table, Optional<String> provider, CatalogPolicy policy) {

  /**
   * Checks what can be checked without reading.
   *
   * @throws IllegalArgumentException if a provider is named for a table that is there
   */
  public CatalogConfig {
    if (policy == CatalogPolicy.APPEND && provider.isPresent()) {
      throw new IllegalArgumentException(
          "--format is '%s', but --append adds to a table that has its format; leave it out"
              .formatted(provider.get()));
    }
  }
}
