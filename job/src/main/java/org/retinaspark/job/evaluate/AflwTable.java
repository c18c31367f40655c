package org.retinaspark.job.evaluate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.retinaspark.job.measures.dense.DenseErrors;
import org.retinaspark.job.measures.dense.ErrorDistribution;
import org.retinaspark.job.measures.dense.ErrorSums;
import org.retinaspark.job.measures.dense.YawBin;
import org.retinaspark.job.page.Metric;

/** An evaluation on AFLW2000-3D as lines of text. */
final class AflwTable {

  private static final int FIVE_PERCENT = 50;
  private static final int TEN_PERCENT = 100;

  private final AflwEvaluation evaluation;

  AflwTable(AflwEvaluation evaluation) {
    this.evaluation = evaluation;
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("AFLW2000-3D, protocol " + evaluation.protocol());
    lines.add(amount());
    lines.add("");
    List<String> head = new ArrayList<>(List.of("all"));
    for (YawBin bin : YawBin.values()) {
      head.add("yaw " + bin.label());
    }
    head.add("mean of parts");
    lines.add(line("", head));
    rows().forEach((name, cells) -> lines.add(line(label(name), cells)));
    lines.add("");
    lines.add(
        "NME in percent of the square root of the area of the 68 points' box, by eyes of the"
            + " distance of their outer corners; angles in degrees");
    evaluation
        .result()
        .distributions()
        .forEach((name, errors) -> lines.add(distribution(label(name), errors)));
    lines.add("labels " + evaluation.sha256().substring(0, 8));
    evaluation.warnings().forEach(warning -> lines.add("warning: " + warning));
    return lines;
  }

  private String amount() {
    ErrorSums missed = evaluation.result().errors(DenseErrors.MISSED);
    long lost = Math.round(missed.mean() * missed.faces());
    return String.format(
        Locale.ROOT,
        "%,d labels, %,d with a row: %,d faces found (%,d with 68 points), %,d missed",
        evaluation.result().rows().size(),
        missed.faces(),
        missed.faces() - lost,
        evaluation.result().errors(DenseErrors.POINTS68).faces(),
        lost);
  }

  /** The cells of each number: all, the parts by yaw, and their mean. */
  private Map<String, List<String>> rows() {
    Map<String, List<String>> rows = new LinkedHashMap<>();
    for (Metric metric : AflwMetrics.of(evaluation.result())) {
      List<String> cells = rows.computeIfAbsent(metric.name(), unused -> new ArrayList<>());
      cells.add(cell(metric));
    }
    return rows;
  }

  private static String cell(Metric metric) {
    if (Double.isNaN(metric.value())) {
      return "-";
    }
    double shown = metric.name().contains("mae") ? metric.value() : metric.value() * 100;
    return metric.slice().equals(AflwMetrics.MEAN)
        ? String.format(Locale.ROOT, "%.2f", shown)
        : String.format(Locale.ROOT, "%.2f (%,d)", shown, metric.faces());
  }

  private static String label(String name) {
    return switch (name) {
      case DenseErrors.MISSED -> "missed, percent";
      case DenseErrors.POINTS5 -> "NME of five points";
      case DenseErrors.POINTS68 -> "NME of 68 points";
      case DenseErrors.POINTS68_BY_EYES -> "the same by eyes";
      default -> name.replace("_mae_", " error by ");
    };
  }

  private static String distribution(String label, ErrorDistribution errors) {
    return String.format(
        Locale.ROOT,
        "%s: median %.2f%%, %.1f%% of faces up to 5%%, %.1f%% up to 10%%, AUC to 10%% %.2f%%",
        label,
        100 * errors.median(),
        100 * errors.share(FIVE_PERCENT),
        100 * errors.share(TEN_PERCENT),
        100 * errors.areaUnderCurve());
  }

  private static String line(String label, List<String> cells) {
    StringBuilder line = new StringBuilder(String.format("%-28s", label));
    cells.forEach(cell -> line.append(String.format("%16s", cell)));
    return line.toString().stripTrailing();
  }
}
