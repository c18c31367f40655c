package org.retinaspark.job.evaluate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.retinaspark.job.measures.FaceSlice;
import org.retinaspark.job.page.Metric;

/** The numbers of an evaluation as rows with a column for each subset, for terminal and page. */
final class SubsetTable {

  private static final String EVENT = "event";
  private static final String AP = "ap";

  private final Evaluation evaluation;
  private final Map<Cell, Metric> metrics = new HashMap<>();

  private record Cell(String subset, FaceSlice slice, String name) {}

  /**
   * A number of whole subsets.
   *
   * @param label what it is
   * @param cells for each subset, for people
   */
  record Row(String label, List<String> cells) {}

  /**
   * The AP of a slice.
   *
   * @param slice which
   * @param cells for each subset; NaN of no faces where the subset has none
   */
  record SliceRow(FaceSlice slice, List<Metric> cells) {}

  SubsetTable(Evaluation evaluation) {
    this.evaluation = evaluation;
    for (Metric metric : evaluation.metrics()) {
      FaceSlice slice = new FaceSlice(metric.dimension(), metric.slice());
      metrics.put(new Cell(metric.subset(), slice, metric.name()), metric);
    }
  }

  /** The subsets, easiest first. */
  List<String> subsets() {
    return evaluation.result().breakdown().subsets();
  }

  /** The rows of whole subsets. */
  List<Row> whole() {
    List<Row> rows = new ArrayList<>();
    rows.add(
        new Row(
            "faces",
            cells(FaceSlice.ALL).stream()
                .map(metric -> String.format(Locale.ROOT, "%,d", metric.faces()))
                .toList()));
    rows.add(percents("AP", AP));
    for (double rate : Metrics.FALSE_POSITIVES) {
      rows.add(percents("recall at " + rate + " false/image", "recall@fp" + rate));
    }
    rows.add(percents("best F1", "f1"));
    rows.add(percents("  precision", "f1_precision"));
    rows.add(percents("  recall", "f1_recall"));
    rows.add(
        new Row(
            "  at score",
            subsets().stream()
                .map(subset -> number(evaluation.value(subset, "f1_score")))
                .toList()));
    if (!evaluation.result().coco().isEmpty()) {
      rows.add(percents("COCO AP, 100 detections", "coco_ap@100"));
      rows.add(percents("COCO AP, 1000 detections", "coco_ap@1000"));
      rows.add(percents("COCO AR, 100 detections", "coco_ar@100"));
    }
    return rows;
  }

  private Row percents(String label, String metric) {
    return new Row(
        label,
        subsets().stream().map(subset -> percent(evaluation.value(subset, metric))).toList());
  }

  /** The slices that have faces, in the order of their dimensions and values. */
  List<SliceRow> slices() {
    return rows(
        evaluation.result().breakdown().groupNames().stream()
            .filter(slice -> !slice.equals(FaceSlice.ALL) && !slice.dimension().equals(EVENT))
            .toList());
  }

  /** The events that have faces, in the ground truth's order. */
  List<SliceRow> events() {
    return rows(
        evaluation.result().breakdown().groupNames().stream()
            .filter(slice -> slice.dimension().equals(EVENT))
            .toList());
  }

  private List<SliceRow> rows(List<FaceSlice> slices) {
    return slices.stream()
        .map(slice -> new SliceRow(slice, cells(slice)))
        .filter(row -> row.cells().stream().anyMatch(cell -> cell.faces() > 0))
        .toList();
  }

  private List<Metric> cells(FaceSlice slice) {
    return subsets().stream().map(subset -> cell(subset, slice)).toList();
  }

  private Metric cell(String subset, FaceSlice slice) {
    Metric none = new Metric(subset, slice.dimension(), slice.value(), AP, Double.NaN, 0);
    return metrics.getOrDefault(new Cell(subset, slice, AP), none);
  }

  /** What isn't cut by subset: the landmarks' errors. */
  List<String> landmarks() {
    return evaluation.metrics().stream()
        .filter(metric -> metric.name().startsWith("nme") || metric.name().startsWith("failure"))
        .map(
            metric ->
                String.format(
                    Locale.ROOT,
                    "landmarks %s: %s over %,d faces",
                    metric.name(),
                    percent(metric.value()),
                    metric.faces()))
        .toList();
  }

  /** How much there was. */
  String amount() {
    return String.format(
        Locale.ROOT,
        "%,d images, %,d annotated faces, %,d detections",
        evaluation.result().census().images(),
        evaluation.result().census().faces(),
        evaluation.result().census().range().count());
  }

  static String number(double value) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.4f", value);
  }

  static String percent(double value) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.2f", value * 100);
  }
}
