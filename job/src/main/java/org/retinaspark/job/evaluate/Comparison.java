package org.retinaspark.job.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Two runs side by side.
 *
 * @param other what the other run evaluated
 * @param rows the numbers that both have
 */
public record Comparison(String other, List<Row> rows) {

  /**
   * A number of both runs.
   *
   * @param metric this run's
   * @param other the other run's value
   */
  public record Row(Metric metric, double other) {

    /** This run's value minus the other's. */
    public double difference() {
      return metric.value() - other;
    }
  }

  /** Keeps a copy of the rows. */
  public Comparison {
    rows = List.copyOf(rows);
  }

  static Comparison of(List<Metric> mine, ReportJson.Stored other) {
    List<Metric> theirs = other.numbers();
    List<Row> rows = new ArrayList<>();
    for (Metric metric : mine) {
      theirs.stream()
          .filter(metric::matches)
          .findFirst()
          .ifPresent(match -> rows.add(new Row(metric, match.value())));
    }
    return new Comparison(other.detections(), rows);
  }

  /** The numbers of whole subsets as lines of text. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(String.format("%-36s%12s%12s%12s", "compared with " + other, "this", "other", "+/-"));
    for (Row row : rows) {
      if (row.metric().dimension().equals("all")) {
        lines.add(
            String.format(
                Locale.ROOT,
                "%-36s%12.4f%12.4f%+12.4f",
                row.metric().subset() + " " + row.metric().name(),
                row.metric().value(),
                row.other(),
                row.difference()));
      }
    }
    return lines;
  }
}
