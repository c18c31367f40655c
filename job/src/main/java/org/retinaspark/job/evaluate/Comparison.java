package org.retinaspark.job.evaluate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.retinaspark.job.page.Metric;

/**
 * Two runs side by side.
 *
 * @param other what the other run evaluated
 * @param reservations what makes their numbers incomparable, such as another protocol
 * @param rows the numbers that both have
 */
public record Comparison(String other, List<String> reservations, List<Row> rows) {

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

  /** Keeps copies of the lists. */
  public Comparison {
    reservations = List.copyOf(reservations);
    rows = List.copyOf(rows);
  }

  static Comparison of(Evaluation mine, ReportJson.Stored other) {
    List<Metric> theirs = other.numbers();
    List<Row> rows = new ArrayList<>();
    for (Metric metric : mine.metrics()) {
      theirs.stream()
          .filter(metric::matches)
          .findFirst()
          .ifPresent(match -> rows.add(new Row(metric, match.value())));
    }
    return new Comparison(other.detections(), reservations(mine, other), rows);
  }

  private static List<String> reservations(Evaluation mine, ReportJson.Stored other) {
    List<String> reservations = new ArrayList<>();
    Map<String, String> here = new LinkedHashMap<>();
    here.put("protocol", mine.protocol());
    here.put("dialect", mine.config().dialect().label());
    here.put("split", mine.config().split());
    here.put("number of images", Long.toString(mine.result().census().images()));
    Map<String, String> there =
        Map.of(
            "protocol", other.protocol(),
            "dialect", other.dialect(),
            "split", other.split(),
            "number of images", Long.toString(other.counts().images()));
    here.forEach(
        (what, value) -> {
          String theirs = there.getOrDefault(what, Evaluation.UNKNOWN);
          if (!value.equals(theirs) || value.equals(Evaluation.UNKNOWN)) {
            reservations.add(
                "these numbers don't compare as models do: the %s is %s here and %s there"
                    .formatted(what, value, theirs));
          }
        });
    return reservations;
  }

  /** The numbers of whole subsets as lines of text. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(String.format("%-36s%12s%12s%12s", "compared with " + other, "this", "other", "+/-"));
    reservations.forEach(reservation -> lines.add("warning: " + reservation));
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
