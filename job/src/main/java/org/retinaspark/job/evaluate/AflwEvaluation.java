package org.retinaspark.job.evaluate;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.retinaspark.job.measures.dense.DenseMetrics;

/**
 * An evaluation on AFLW2000-3D with all that makes it repeatable.
 *
 * @param config what was asked for
 * @param run the table's {@code _run.json}; a missing node without it
 * @param sha256 digest of the labels
 * @param warnings what a reader of the numbers must know
 * @param versions of what computed them, by name
 * @param result what was counted
 */
public record AflwEvaluation(
    AflwConfig config,
    JsonNode run,
    String sha256,
    List<String> warnings,
    Map<String, String> versions,
    DenseMetrics result) {

  /** Keeps copies. */
  public AflwEvaluation {
    warnings = List.copyOf(warnings);
  }

  /** Labels whose image the table has no row for. */
  long withoutRow() {
    return result.rows().stream().filter(rows -> rows == 0).count();
  }

  /** The protocol that the faces were found under. */
  String protocol() {
    return run.at("/options/protocol").asText(Evaluation.UNKNOWN);
  }
}
