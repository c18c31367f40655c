package org.retinaspark.io.table;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.retinaspark.io.table.TableDraft.Damage;

/**
 * One process's part in a run: the one that began it, or one that went on after another died.
 *
 * @param number from 1
 * @param started when
 * @param settings what decides the rows
 * @param kept files of an older table whose rows stay
 * @param dropped files of an older table that the new one replaces
 * @param replaced the list of units that it does again, whose earlier rows count no more
 * @param damaged what of earlier sessions it found damaged
 */
record RunSession(
    int number,
    String started,
    JsonNode settings,
    List<String> kept,
    List<String> dropped,
    RowChecksum replaced,
    List<Damage> damaged) {

  /** Keeps unmodifiable copies. */
  RunSession {
    kept = List.copyOf(kept);
    dropped = List.copyOf(dropped);
    damaged = List.copyOf(damaged);
  }

  /** Whether it does units again. */
  boolean replaces() {
    return replaced.rows() > 0;
  }

  /** The same, as another session of the run, which is known to have done nothing again. */
  RunSession asOf(int session) {
    return new RunSession(session, started, settings, kept, dropped, RowChecksum.NONE, List.of());
  }
}
