package org.retinaspark.job.evaluate;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Arrays;
import org.retinaspark.job.measures.dense.DenseErrors;
import org.retinaspark.job.measures.dense.ErrorSums;
import org.retinaspark.job.page.Metric;

/** An evaluation on AFLW2000-3D as JSON. Undefined numbers are null. */
final class AflwJson {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private AflwJson() {}

  static byte[] write(AflwEvaluation evaluation) throws IOException {
    ObjectNode root = JSON.createObjectNode();
    root.put("benchmark", "AFLW2000-3D").put("protocol", evaluation.protocol());
    root.put("detections", evaluation.config().detections());
    root.put("groundTruth", evaluation.config().groundTruth());
    root.put("groundTruthSha256", evaluation.sha256());
    ErrorSums missed = evaluation.result().errors(DenseErrors.MISSED);
    long lost = Math.round(missed.mean() * missed.faces());
    root.putObject("counts")
        .put("labels", evaluation.result().rows().size())
        .put("withoutRow", evaluation.withoutRow())
        .put("withoutLabel", evaluation.result().unlabelled())
        .put("failed", evaluation.result().failed())
        .put("found", missed.faces() - lost)
        .put("missed", lost);
    ObjectNode versions = root.putObject("versions");
    evaluation.versions().forEach(versions::put);
    root.set("run", evaluation.run().isMissingNode() ? null : evaluation.run());
    evaluation.warnings().forEach(root.putArray("warnings")::add);
    Metric.put(AflwMetrics.of(evaluation.result()), root.putArray("metrics"));
    ArrayNode curves = root.putArray("landmarkErrors");
    evaluation
        .result()
        .distributions()
        .forEach(
            (name, errors) -> {
              ObjectNode curve = curves.addObject();
              curve.put("name", name).put("median", errors.median());
              curve.put("auc_10", errors.areaUnderCurve());
              ArrayNode shares = curve.putArray("cumulative");
              Arrays.stream(errors.cumulative()).forEach(shares::add);
            });
    return JSON.writeValueAsBytes(root);
  }
}
