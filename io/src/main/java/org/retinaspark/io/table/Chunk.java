package org.retinaspark.io.table;

import java.util.List;

/**
 * A committed part of a run's work.
 *
 * @param name of the folder with its rows
 * @param attempt how often failed work had been taken up again before it; of two rows with one key
 *     the one of the later attempt counts
 * @param rows in the folder
 * @param bytes in the folder
 * @param units keys of the units of work that it covers
 */
record Chunk(String name, int attempt, long rows, long bytes, List<String> units) {

  /** Keeps an unmodifiable copy. */
  Chunk {
    units = List.copyOf(units);
  }
}
