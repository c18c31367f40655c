package org.retinaspark.job.leaderboard;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import org.retinaspark.job.Build;
import org.retinaspark.job.page.Metric;

/**
 * A leaderboard as JSON. Undefined numbers are null. Of two runs with the same settings it differs
 * in the fields {@code timing} alone.
 */
final class LeaderboardJson {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private LeaderboardJson() {}

  static byte[] write(Standings standings) throws IOException {
    ObjectNode root = JSON.createObjectNode();
    Benchmark benchmark = standings.benchmark();
    root.put("benchmark", "WIDER FACE").put("split", benchmark.split());
    root.put("dialect", benchmark.dialect()).put("retinaspark", Build.current().version());
    root.put("images", benchmark.images()).put("imagesOfGroundTruth", benchmark.allImages());
    root.set("groundTruthFiles", JSON.valueToTree(benchmark.files()));
    ArrayNode models = root.putArray("models");
    standings.entrants().forEach(entrant -> model(models.addObject(), entrant));
    ArrayNode cells = root.putArray("cells");
    standings.all().forEach(standing -> cell(cells.addObject(), standing));
    return JSON.writeValueAsBytes(root);
  }

  private static void model(ObjectNode node, Entrant entrant) {
    node.put("model", entrant.label()).put("sha256", entrant.sha256());
    node.put("bytes", entrant.bytes()).put("family", entrant.family());
    node.put("licence", entrant.licence()).put("opening", entrant.opening());
    node.set("published", JSON.valueToTree(entrant.known()));
  }

  private static void cell(ObjectNode node, Standings.Standing standing) {
    Cell cell = standing.cell();
    node.put("model", cell.entrant().label()).put("protocol", cell.protocol());
    node.put("table", LeaderboardFolder.table(cell.entrant(), cell.protocol()));
    if (standing.outcome() instanceof Outcome.Failed failed) {
      node.put("state", "failed").put("reason", failed.reason()).put("status", failed.status());
    } else if (standing.outcome() instanceof Outcome.Measured measured) {
      node.put("state", "measured");
      measured(node, measured);
    } else {
      node.put("state", "pending");
    }
    node.set("published", JSON.valueToTree(cell.entrant().published(cell.protocol()).orElse(null)));
  }

  private static void measured(ObjectNode node, Outcome.Measured measured) {
    ObjectNode precision = node.putObject("averagePrecision");
    ObjectNode faces = node.putObject("facesOfGroundTruth");
    for (Metric metric : measured.averagePrecision()) {
      precision.put(metric.subset(), Double.isNaN(metric.value()) ? null : metric.value());
      faces.put(metric.subset(), metric.faces());
    }
    node.put("images", measured.count("images")).put("failed", measured.count("failed"));
    node.put("faces", measured.count("faces"));
    node.set("options", measured.run().path("options"));
    node.put("provider", measured.run().path("provider").asText());
    node.set("warnings", JSON.valueToTree(measured.warnings()));
    node.putObject("timing")
        .put("imagesPerSecond", measured.imagesPerSecond())
        .put("seconds", measured.seconds())
        .put("cores", measured.run().at("/cluster/cores").asInt());
  }
}
