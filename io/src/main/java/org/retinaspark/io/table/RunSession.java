package org.retinaspark.io.table;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * One process's part in a run: the one that began it, or one that went on after another died.
 *
 * @param number from 1
 * @param started when
 * @param settings what decides the rows
 * @param kept files of an older table whose rows stay
 * @param dropped files of an older table that the new one replaces
 * @param replaces whether rows of units that it does again count no more
 */
record RunSession(
    int number,
    String started,
    JsonNode settings,
    List<String> kept,
    List<String> dropped,
    boolean replaces) {

  /** Keeps unmodifiable copies. */
  RunSession {
    kept = List.copyOf(kept);
    dropped = List.copyOf(dropped);
  }
}
