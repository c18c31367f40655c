package org.retinaspark.io.catalog;

/** What may become of a table that a catalog has. */
public enum CatalogPolicy {
  /** There may be none of the name. */
  CREATE,
  /**
   * It is replaced in one step, by a catalog that can do so; readers see the old one until then.
   */
  REPLACE,
  /** It keeps its rows and gets those of further images. */
  APPEND
}
