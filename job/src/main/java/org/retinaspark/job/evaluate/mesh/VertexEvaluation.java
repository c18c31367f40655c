package org.retinaspark.job.evaluate.mesh;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.retinaspark.job.measures.dense.VertexMetrics;

/**
 * A comparison of meshes with all that makes it repeatable.
 *
 * @param config what was asked for
 * @param run {@code _run.json} of the table; a missing node without it
 * @param referenceRun that of the reference
 * @param warnings what a reader of the numbers must know
 * @param versions of what computed them, by name
 * @param result what was measured
 */
public record VertexEvaluation(
    VertexConfig config,
    JsonNode run,
    JsonNode referenceRun,
    List<String> warnings,
    Map<String, String> versions,
    VertexMetrics result) {

  private static final String UNKNOWN = "unknown";

  /** Keeps copies. */
  public VertexEvaluation {
    warnings = List.copyOf(warnings);
  }

  /** The protocol that the table's faces were found under. */
  String protocol() {
    return run.at("/options/protocol").asText(UNKNOWN);
  }

  /** The detector of the table. */
  String model() {
    return run.at("/model/name").asText(UNKNOWN);
  }

  /** As lines of text. */
  public List<String> lines() {
    return new VertexTable(this).lines();
  }

  /** As JSON. */
  public byte[] json() throws IOException {
    return VertexJson.write(this);
  }

  /** As a page, which shows that JSON too. */
  public String page(byte[] json) {
    return new VertexPage(this).html(new String(json, StandardCharsets.UTF_8));
  }
}
