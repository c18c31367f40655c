package org.retinaspark.job.evaluate.mesh;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import org.retinaspark.job.measures.FaceSlice;
import org.retinaspark.job.measures.dense.ErrorDistribution;
import org.retinaspark.job.measures.dense.FaceOutcomes;
import org.retinaspark.job.measures.dense.MeshSource;
import org.retinaspark.job.measures.dense.VertexError;
import org.retinaspark.job.measures.dense.VertexMetrics;
import org.retinaspark.job.page.Metric;

/** A comparison of meshes as JSON. Undefined numbers are null. */
final class VertexJson {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private VertexJson() {}

  static byte[] write(VertexEvaluation evaluation) throws IOException {
    VertexMetrics result = evaluation.result();
    ObjectNode root = JSON.createObjectNode();
    root.put("benchmark", "mesh").put("protocol", evaluation.protocol());
    root.put("detections", evaluation.config().detections());
    root.put("reference", evaluation.config().reference());
    root.put("minFace", evaluation.config().leastSide());
    root.putObject("compared")
        .put("name", result.form().name())
        .put("points", result.form().points())
        .put("axes", result.form().axes());
    FaceOutcomes faces = result.outcomes(FaceSlice.ALL);
    root.putObject("counts")
        .put("images", result.images())
        .put("withoutRow", result.withoutRow())
        .put("withoutReference", result.withoutReference())
        .put("failed", result.failed())
        .put("faces", faces.faces())
        .put("measured", faces.measured())
        .put("missed", faces.missed())
        .put("withoutMesh", faces.withoutMesh());
    ObjectNode versions = root.putObject("versions");
    evaluation.versions().forEach(versions::put);
    root.set("run", known(evaluation.run()));
    root.set("referenceRun", known(evaluation.referenceRun()));
    evaluation.warnings().forEach(root.putArray("warnings")::add);
    Metric.put(VertexNumbers.of(result), root.putArray("metrics"));
    curves(result, root.putArray("vertexErrors"));
    return JSON.writeValueAsBytes(root);
  }

  private static JsonNode known(JsonNode run) {
    return run.isMissingNode() ? JSON.nullNode() : run;
  }

  /** The shares of faces with an error of at most 0.1%, 0.2%, ... 20%. */
  private static void curves(VertexMetrics result, ArrayNode curves) {
    for (VertexError error : VertexError.values()) {
      for (MeshSource source : MeshSource.values()) {
        ErrorDistribution errors = result.errors(FaceSlice.ALL, source, error);
        if (errors.faces() > 0) {
          ObjectNode curve = curves.addObject();
          curve.put("subset", source.label()).put("name", error.label());
          ArrayNode shares = curve.putArray("cumulative");
          for (double share : errors.cumulative()) {
            shares.add(share);
          }
        }
      }
    }
  }
}
