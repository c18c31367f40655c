package org.retinaspark.job.leaderboard;

import org.retinaspark.job.detect.DetectConfig;

/**
 * A model under a protocol.
 *
 * @param entrant the model
 * @param protocol its label, with options of its own if it has them; figures of one label alone
 *     stand side by side
 * @param detect how its faces are found
 * @param table where they go
 */
record Cell(Entrant entrant, String protocol, DetectConfig detect, String table) {

  /** For a line of progress. */
  String name() {
    return entrant.label() + ", " + protocol;
  }
}
