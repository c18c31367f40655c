package org.retinaspark.job.evaluate;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.retinaspark.io.wider.GroundTruthFile;
import org.retinaspark.job.measures.spark.EvaluationResult;
import org.retinaspark.job.page.Metric;
import org.retinaspark.udf.detect.Protocol;

/**
 * An evaluation with all that makes it repeatable.
 *
 * @param config what was asked for
 * @param run the table's {@code _run.json}: model, protocol, thresholds; a missing node without it
 * @param files the ground truth's files with their digests
 * @param warnings what a reader of the numbers must know
 * @param versions of what computed them, by name
 * @param result what was counted
 * @param metrics every number
 */
public record Evaluation(
    EvaluateConfig config,
    JsonNode run,
    List<GroundTruthFile> files,
    List<String> warnings,
    Map<String, String> versions,
    EvaluationResult result,
    List<Metric> metrics) {

  /** What is said of a run whose table doesn't tell. */
  static final String UNKNOWN = "unknown";

  /** Keeps copies of the lists. */
  public Evaluation {
    files = List.copyOf(files);
    warnings = List.copyOf(warnings);
    metrics = List.copyOf(metrics);
  }

  /** A number of a whole subset; NaN if there is none of the name. */
  double value(String subset, String name) {
    return metrics.stream()
        .filter(
            metric ->
                metric.subset().equals(subset)
                    && metric.dimension().equals("all")
                    && metric.name().equals(name))
        .mapToDouble(Metric::value)
        .findFirst()
        .orElse(Double.NaN);
  }

  /**
   * The protocol that the detections were made under, with its rules where the name alone doesn't
   * tell; older tables have it at the top.
   */
  String protocol() {
    String name = run.at("/options/protocol").asText(run.path("protocol").asText(UNKNOWN));
    boolean tells = Protocol.KNOWN.stream().anyMatch(known -> known.label().equals(name));
    if (tells || run.path("rules").isMissingNode()) {
      return name;
    }
    List<String> inputs = new ArrayList<>();
    run.at("/rules/inputs").forEach(input -> inputs.add(input.asText()));
    return "%s (%s; %s)"
        .formatted(name, String.join(", ", inputs), run.at("/rules/merge").asText());
  }
}
