package org.retinaspark.job.evaluate;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** An evaluation as lines of text. */
final class TerminalTable {

  private final Evaluation evaluation;
  private final List<String> lines = new ArrayList<>();

  TerminalTable(Evaluation evaluation) {
    this.evaluation = evaluation;
  }

  List<String> lines() {
    lines.clear();
    EvaluateConfig config = evaluation.config();
    lines.add(
        "WIDER FACE %s, dialect %s, protocol %s"
            .formatted(config.split(), config.dialect().label(), evaluation.protocol()));
    lines.add(
        String.format(
            Locale.ROOT,
            "%,d images, %,d annotated faces, %,d detections",
            evaluation.result().census().images(),
            evaluation.result().census().faces(),
            evaluation.result().census().range().count()));
    lines.add("");
    row("", subsets());
    row("faces", subsets().stream().map(this::faces).toList());
    whole("AP", "ap");
    for (double rate : Metrics.FALSE_POSITIVES) {
      whole("recall at " + rate + " false/image", "recall@fp" + rate);
    }
    whole("best F1", "f1");
    whole("  precision", "f1_precision");
    whole("  recall", "f1_recall");
    row(
        "  at score",
        subsets().stream().map(subset -> number(evaluation.value(subset, "f1_score"))).toList());
    if (!evaluation.result().coco().isEmpty()) {
      whole("COCO AP, 100 detections", "coco_ap@100");
      whole("COCO AP, 1000 detections", "coco_ap@1000");
      whole("COCO AR, 100 detections", "coco_ar@100");
    }
    slices();
    landmarks();
    evaluation
        .files()
        .forEach(
            file ->
                lines.add(
                    "ground truth %s %s (%s)"
                        .formatted(
                            file.name(),
                            file.sha256().substring(0, 8),
                            file.recognised() ? "official" : "unknown")));
    evaluation.warnings().forEach(warning -> lines.add("warning: " + warning));
    return List.copyOf(lines);
  }

  private void whole(String label, String metric) {
    row(label, subsets().stream().map(s -> percent(evaluation.value(s, metric))).toList());
  }

  private void slices() {
    Set<List<String>> names = new LinkedHashSet<>();
    for (Metric metric : evaluation.metrics()) {
      boolean shown = !metric.dimension().equals("all") && !metric.dimension().equals("event");
      if (shown) {
        names.add(List.of(metric.dimension(), metric.slice()));
      }
    }
    if (!names.isEmpty()) {
      lines.add("");
      lines.add("AP by slice (faces)");
    }
    for (List<String> name : names) {
      row(
          name.get(0) + " " + name.get(1),
          subsets().stream().map(subset -> slice(subset, name)).toList());
    }
    lines.add("");
  }

  private String slice(String subset, List<String> name) {
    return evaluation.metrics().stream()
        .filter(
            metric ->
                metric.subset().equals(subset)
                    && List.of(metric.dimension(), metric.slice()).equals(name))
        .map(
            metric ->
                String.format(Locale.ROOT, "%s (%,d)", percent(metric.value()), metric.faces()))
        .findFirst()
        .orElse("-");
  }

  private void landmarks() {
    for (Metric metric : evaluation.metrics()) {
      if (metric.name().startsWith("nme") || metric.name().startsWith("failure")) {
        lines.add(
            String.format(
                Locale.ROOT,
                "landmarks %s: %s over %,d faces",
                metric.name(),
                percent(metric.value()),
                metric.faces()));
      }
    }
  }

  private List<String> subsets() {
    return evaluation.metrics().stream()
        .filter(metric -> metric.name().equals("ap"))
        .map(Metric::subset)
        .distinct()
        .toList();
  }

  private String faces(String subset) {
    return evaluation.metrics().stream()
        .filter(metric -> metric.subset().equals(subset) && metric.dimension().equals("all"))
        .map(metric -> String.format(Locale.ROOT, "%,d", metric.faces()))
        .findFirst()
        .orElse("-");
  }

  private void row(String label, List<String> cells) {
    StringBuilder line = new StringBuilder(String.format("%-28s", label));
    cells.forEach(cell -> line.append(String.format("%16s", cell)));
    lines.add(line.toString().stripTrailing());
  }

  static String number(double value) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.4f", value);
  }

  static String percent(double value) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.2f", value * 100);
  }
}
