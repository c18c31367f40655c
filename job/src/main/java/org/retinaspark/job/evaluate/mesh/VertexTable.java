package org.retinaspark.job.evaluate.mesh;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.retinaspark.job.measures.FaceSlice;
import org.retinaspark.job.measures.dense.ErrorDistribution;
import org.retinaspark.job.measures.dense.FaceOutcomes;
import org.retinaspark.job.measures.dense.MeshSource;
import org.retinaspark.job.measures.dense.VertexError;
import org.retinaspark.job.measures.dense.VertexMetrics;

/** A comparison of meshes as two tables of text: all faces, and their mean errors by slice. */
final class VertexTable {

  private static final int FIVE_PERCENT = 50;
  private static final int TEN_PERCENT = 100;

  private final VertexEvaluation evaluation;
  private final VertexMetrics result;

  VertexTable(VertexEvaluation evaluation) {
    this.evaluation = evaluation;
    this.result = evaluation.result();
  }

  /**
   * A row.
   *
   * @param label what it is of
   * @param cells beside it
   */
  record Row(String label, List<String> cells) {

    /** Keeps an unmodifiable list. */
    Row {
      cells = List.copyOf(cells);
    }

    private String line() {
      StringBuilder line = new StringBuilder(String.format("%-36s", label));
      cells.forEach(cell -> line.append(String.format("%14s", cell)));
      return line.toString().stripTrailing();
    }
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("meshes, %s, protocol %s".formatted(result.form().name(), evaluation.protocol()));
    lines.add("reference " + evaluation.config().reference());
    lines.add(amount());
    lines.add("");
    all().forEach(row -> lines.add(row.line()));
    lines.add("");
    bySlice().forEach(row -> lines.add(row.line()));
    lines.add("");
    lines.addAll(notes());
    evaluation.warnings().forEach(warning -> lines.add("warning: " + warning));
    return lines;
  }

  String amount() {
    FaceOutcomes faces = result.outcomes(FaceSlice.ALL);
    return String.format(
        Locale.ROOT,
        "%,d images, %,d faces of the reference count (shorter side from %s pixels): %,d measured, %,d missed, %,d without a mesh",
        result.images(),
        faces.faces(),
        number(evaluation.config().leastSide()),
        faces.measured(),
        faces.missed(),
        faces.withoutMesh());
  }

  /** Each error of each source, of all faces. */
  List<Row> all() {
    List<Row> rows = new ArrayList<>();
    rows.add(new Row("", List.of("mean", "median", "up to 5%", "up to 10%", "AUC 10%")));
    for (VertexError error : VertexError.values()) {
      for (MeshSource source : MeshSource.values()) {
        ErrorDistribution errors = result.errors(FaceSlice.ALL, source, error);
        if (errors.faces() > 0) {
          rows.add(
              new Row(
                  name(error) + ", " + name(source),
                  List.of(
                      percent(errors.mean()),
                      percent(errors.median()),
                      percent(errors.share(FIVE_PERCENT)),
                      percent(errors.share(TEN_PERCENT)),
                      percent(errors.areaUnderCurve()))));
        }
      }
    }
    return rows;
  }

  /** Mean errors by the box, of each slice. */
  List<Row> bySlice() {
    List<Row> rows = new ArrayList<>();
    List<String> head = new ArrayList<>();
    for (MeshSource source : MeshSource.values()) {
      head.add(name(source));
    }
    if (result.form().isDeep()) {
      head.add("depth");
    }
    head.addAll(List.of("measured", "missed", "no mesh"));
    rows.add(new Row("mean error by the box", head));
    for (FaceSlice slice : VertexMetrics.slices()) {
      FaceOutcomes outcomes = result.outcomes(slice);
      if (outcomes.faces() > 0) {
        List<String> cells = new ArrayList<>();
        for (MeshSource source : MeshSource.values()) {
          cells.add(percent(result.errors(slice, source, VertexError.VERTEX_BOX).mean()));
        }
        if (result.form().isDeep()) {
          cells.add(percent(result.errors(slice, MeshSource.TABLE, VertexError.DEPTH_BOX).mean()));
        }
        for (long count :
            new long[] {outcomes.measured(), outcomes.missed(), outcomes.withoutMesh()}) {
          cells.add(String.format(Locale.ROOT, "%,d", count));
        }
        rows.add(new Row(name(slice), cells));
      }
    }
    return rows;
  }

  /** What the numbers are. */
  List<String> notes() {
    return List.of(
        "percent; by the square root of the area of the reference's box, or by the distance of the outer corners of the eyes in its mesh",
        "depth is relative: each mesh's own mean is taken off",
        "baselines of the same faces, from the table's boxes and five points; their mean shape is of these very faces of the reference, which flatters them");
  }

  private static String name(VertexError error) {
    return switch (error) {
      case VERTEX_BOX -> "points by box";
      case VERTEX_INTER_OCULAR -> "points by eyes";
      case DEPTH_BOX -> "depth by box";
      case DEPTH_INTER_OCULAR -> "depth by eyes";
    };
  }

  static String name(MeshSource source) {
    return switch (source) {
      case TABLE -> "table";
      case MEAN_SHAPE -> "mean shape";
      case FIVE_POINTS -> "five points";
    };
  }

  private static String name(FaceSlice slice) {
    return slice.equals(FaceSlice.ALL) ? "all" : slice.dimension() + " " + slice.value();
  }

  static String percent(double share) {
    return Double.isNaN(share) ? "-" : String.format(Locale.ROOT, "%.2f", 100 * share);
  }

  private static String number(double pixels) {
    return pixels == Math.rint(pixels)
        ? String.format(Locale.ROOT, "%.0f", pixels)
        : Double.toString(pixels);
  }
}
