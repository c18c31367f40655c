package org.retinaspark.job.leaderboard;

import org.retinaspark.job.detect.DetectConfig;

/**
 * A model under a protocol.
 *
 * @param entrant the model
 * @param detect how its faces are found
 * @param table where they go
 */
record Cell(Entrant entrant, DetectConfig detect, String table) {

  /** The protocol's label; figures of one label alone stand side by side. */
  String protocol() {
    return detect.protocol().label();
  }

  /** For a line of progress. */
  String name() {
    return entrant.label() + ", " + protocol();
  }
}
