package org.retinaspark.job.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.retinaspark.job.page.Metric;

/** An evaluation as lines of text. */
final class TerminalTable {

  private final Evaluation evaluation;
  private final SubsetTable table;
  private final List<String> lines = new ArrayList<>();

  TerminalTable(Evaluation evaluation) {
    this.evaluation = evaluation;
    this.table = new SubsetTable(evaluation);
  }

  List<String> lines() {
    lines.clear();
    EvaluateConfig config = evaluation.config();
    lines.add(
        "WIDER FACE %s, dialect %s, protocol %s"
            .formatted(config.split(), config.dialect().label(), evaluation.protocol()));
    lines.add(table.amount());
    lines.add("");
    row("", table.subsets());
    table.whole().forEach(row -> row(row.label(), row.cells()));
    List<SubsetTable.SliceRow> slices = table.slices();
    if (!slices.isEmpty()) {
      lines.add("");
      lines.add("AP by slice (faces)");
    }
    for (SubsetTable.SliceRow slice : slices) {
      row(
          slice.slice().dimension() + " " + slice.slice().value(),
          slice.cells().stream().map(TerminalTable::cell).toList());
    }
    lines.add("");
    lines.addAll(table.landmarks());
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

  private static String cell(Metric metric) {
    return metric.faces() == 0
        ? "-"
        : String.format(
            Locale.ROOT, "%s (%,d)", SubsetTable.percent(metric.value()), metric.faces());
  }

  private void row(String label, List<String> cells) {
    StringBuilder line = new StringBuilder(String.format("%-28s", label));
    cells.forEach(cell -> line.append(String.format("%16s", cell)));
    lines.add(line.toString().stripTrailing());
  }
}
