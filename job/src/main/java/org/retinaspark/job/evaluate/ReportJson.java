package org.retinaspark.job.evaluate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.retinaspark.io.CheckedJson;
import org.retinaspark.io.DamagedFileException;
import org.retinaspark.job.measures.LandmarkMetrics;
import org.retinaspark.job.page.Metric;

/** An evaluation as JSON, and its numbers back from JSON. Undefined numbers are null. */
final class ReportJson {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private ReportJson() {}

  static byte[] write(Evaluation evaluation) throws IOException {
    ObjectNode root = JSON.createObjectNode();
    EvaluateConfig config = evaluation.config();
    root.put("benchmark", "WIDER FACE").put("split", config.split());
    root.put("dialect", config.dialect().label()).put("protocol", evaluation.protocol());
    root.put("detections", config.detections());
    root.put("format", config.format().name().toLowerCase(Locale.ROOT));
    root.put("groundTruth", config.groundTruth()).put("images", config.images());
    counts(root.putObject("counts"), evaluation);
    ArrayNode files = root.putArray("groundTruthFiles");
    evaluation
        .files()
        .forEach(
            file ->
                files
                    .addObject()
                    .put("name", file.name())
                    .put("sha256", file.sha256())
                    .put("official", file.recognised()));
    ObjectNode versions = root.putObject("versions");
    evaluation.versions().forEach(versions::put);
    root.set("run", evaluation.run().isMissingNode() ? null : evaluation.run());
    ArrayNode warnings = root.putArray("warnings");
    evaluation.warnings().forEach(warnings::add);
    Metric.put(evaluation.metrics(), root.putArray("metrics"));
    landmarkErrors(root.putArray("landmarkErrors"), evaluation.result().landmarks());
    return JSON.writeValueAsBytes(root);
  }

  /** The shares of faces with an error of at most 0.1%, 0.2%, ... 20% of the norm. */
  private static void landmarkErrors(ArrayNode curves, List<LandmarkMetrics> landmarks) {
    for (LandmarkMetrics metrics : landmarks) {
      if (metrics.measured() > 0) {
        ObjectNode curve = curves.addObject();
        curve.put("norm", metrics.norm().label());
        ArrayNode shares = curve.putArray("cumulative");
        for (double share : metrics.cumulative()) {
          shares.add(share);
        }
      }
    }
  }

  private static void counts(ObjectNode counts, Evaluation evaluation) {
    var census = evaluation.result().census();
    counts.put("images", census.images()).put("faces", census.faces());
    counts.put("detections", census.range().count());
    if (census.range().count() > 0) {
      counts.put("lowestScore", census.range().min()).put("highestScore", census.range().max());
    }
    ObjectNode faults = counts.putObject("problems");
    census.faults().forEach((fault, count) -> faults.put(fault.label(), count));
  }

  /**
   * A report of another evaluation.
   *
   * @throws DamagedFileException naming the field and its value if it is none
   */
  static Stored read(byte[] json) throws DamagedFileException {
    return CheckedJson.read(json, Stored.class);
  }

  /**
   * What is read of a report.
   *
   * @param detections that it is about
   * @param protocol that they were made under
   * @param dialect whose rules
   * @param split of the ground truth
   * @param counts what was evaluated
   * @param metrics its numbers
   */
  record Stored(
      String detections,
      String protocol,
      String dialect,
      String split,
      StoredCounts counts,
      List<StoredMetric> metrics) {

    /** Keeps an unmodifiable list. */
    Stored {
      metrics = List.copyOf(metrics);
    }

    List<Metric> numbers() {
      return metrics.stream().map(StoredMetric::metric).toList();
    }
  }

  /** How much was evaluated. */
  record StoredCounts(long images) {}

  /** A {@link Metric} whose value is null where it isn't defined. */
  record StoredMetric(
      String subset, String dimension, String slice, String name, JsonNode value, long faces) {

    /** Needs a number or null. */
    StoredMetric {
      if (!value.isNumber() && !value.isNull()) {
        throw new IllegalArgumentException("value is %s, and no number".formatted(value));
      }
    }

    Metric metric() {
      return new Metric(subset, dimension, slice, name, value.asDouble(Double.NaN), faces);
    }
  }
}
