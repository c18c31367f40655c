package org.retinaspark.job.evaluate.mesh;

import java.util.List;
import org.retinaspark.job.measures.FaceSlice;
import org.retinaspark.job.measures.dense.ErrorDistribution;
import org.retinaspark.job.measures.dense.MeshSource;
import org.retinaspark.job.measures.dense.VertexError;
import org.retinaspark.job.measures.dense.VertexMetrics;
import org.retinaspark.job.page.HtmlPage;
import org.retinaspark.job.page.LinePlot;

/** A comparison of meshes as one self-contained HTML page. */
final class VertexPage {

  private final VertexEvaluation evaluation;
  private final VertexMetrics result;
  private final VertexTable table;
  private final StringBuilder html = new StringBuilder();

  VertexPage(VertexEvaluation evaluation) {
    this.evaluation = evaluation;
    this.result = evaluation.result();
    this.table = new VertexTable(evaluation);
  }

  String html(String json) {
    html.setLength(0);
    html.append(HtmlPage.begin("Meshes compared"));
    html.append("<h1>Vertex error</h1><table class=\"summary\"><tr><th>");
    for (MeshSource source : MeshSource.values()) {
      html.append("<th>").append(VertexTable.name(source));
    }
    html.append("<tr><td>mean");
    for (MeshSource source : MeshSource.values()) {
      html.append("<td>").append(VertexTable.percent(mean(source)));
    }
    html.append("</table>");
    html.append(
        "<p>Model <b>%s</b>, protocol <b>%s</b>, compared <b>%s</b><br>%s<br>detections <code>%s</code><br>reference <code>%s</code></p>"
            .formatted(
                HtmlPage.escape(evaluation.model()),
                HtmlPage.escape(evaluation.protocol()),
                HtmlPage.escape(result.form().name()),
                HtmlPage.escape(table.amount()),
                HtmlPage.escape(evaluation.config().detections()),
                HtmlPage.escape(evaluation.config().reference())));
    for (String warning : evaluation.warnings()) {
      html.append("<p class=\"warning\">").append(HtmlPage.escape(warning)).append("</p>");
    }
    html.append("<div class=\"plots\">");
    plot("distance of points, over the root of the box's area", VertexError.VERTEX_BOX);
    plot("difference of depth, over the root of the box's area", VertexError.DEPTH_BOX);
    html.append("</div>");
    rows("All faces", table.all());
    rows("By size and yaw", table.bySlice());
    table.notes().forEach(note -> html.append("<p><small>%s</small></p>".formatted(note)));
    html.append("<details><summary>How this was made</summary><pre>")
        .append(HtmlPage.escape(json))
        .append("</pre></details>");
    return html.append(HtmlPage.END).toString();
  }

  private double mean(MeshSource source) {
    return result.errors(FaceSlice.ALL, source, VertexError.VERTEX_BOX).mean();
  }

  /** The share of faces by error (CED), of the table and of the baselines. */
  private void plot(String across, VertexError error) {
    double limit = ErrorDistribution.STEP * ErrorDistribution.CURVE;
    LinePlot plot =
        new LinePlot(new LinePlot.Axis(across, limit), new LinePlot.Axis("share of faces", 1));
    boolean empty = true;
    for (MeshSource source : MeshSource.values()) {
      ErrorDistribution errors = result.errors(FaceSlice.ALL, source, error);
      if (errors.faces() > 0) {
        empty = false;
        String label =
            "%s, mean %s".formatted(VertexTable.name(source), VertexTable.percent(errors.mean()));
        plot.add(new LinePlot.Line(label, points(errors.cumulative())));
      }
    }
    if (!empty) {
      html.append(plot.svg());
    }
  }

  private static double[] points(double[] shares) {
    double[] points = new double[2 * shares.length];
    for (int i = 0; i < shares.length; i++) {
      points[2 * i] = ErrorDistribution.STEP * (i + 1);
      points[2 * i + 1] = shares[i];
    }
    return points;
  }

  private void rows(String title, List<VertexTable.Row> rows) {
    html.append("<h2>%s</h2><table>".formatted(title));
    String cell = "th";
    for (VertexTable.Row row : rows) {
      html.append("<tr><%s>%s".formatted(cell, HtmlPage.escape(row.label())));
      for (String text : row.cells()) {
        html.append("<%s>%s".formatted(cell, HtmlPage.escape(text)));
      }
      cell = "td";
    }
    html.append("</table>");
  }
}
