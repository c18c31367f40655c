package org.retinaspark.job.evaluate;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An evaluation as one self-contained HTML page. */
final class ReportPage {

  private static final String STYLE =
      """
      body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#222}
      table{border-collapse:collapse;margin:1rem 0}td,th{padding:.2rem .8rem;border-bottom:1px solid #ddd;text-align:right}
      td:first-child,th:first-child{text-align:left}figure{display:inline-block;width:30rem;max-width:100%;margin:0 1rem 1rem 0}
      pre{background:#f6f6f6;padding:1rem;overflow:auto}.warning{color:#a01a1a}
      """;

  private final Evaluation evaluation;
  private final String gallery;
  private final @Nullable Comparison comparison;
  private final StringBuilder html = new StringBuilder();

  ReportPage(Evaluation evaluation, String gallery, @Nullable Comparison comparison) {
    this.evaluation = evaluation;
    this.gallery = gallery;
    this.comparison = comparison;
  }

  String html(String json) {
    EvaluateConfig config = evaluation.config();
    html.setLength(0);
    html.append("<!doctype html><html lang=\"en\"><meta charset=\"utf-8\">");
    html.append("<title>WIDER FACE evaluation</title><style>").append(STYLE).append("</style>");
    html.append(
        "<h1>WIDER FACE %s</h1><p>Dialect <b>%s</b>, protocol <b>%s</b>, detections <code>%s</code></p>"
            .formatted(
                escape(config.split()),
                config.dialect().label(),
                escape(evaluation.protocol()),
                escape(config.detections())));
    for (String warning : evaluation.warnings()) {
      html.append("<p class=\"warning\">").append(escape(warning)).append("</p>");
    }
    html.append(ReportPlots.precisionRecall(evaluation.result()));
    html.append(ReportPlots.landmarkErrors(evaluation.result()));
    comparison();
    metrics("Whole subsets", "all");
    evaluation.metrics().stream()
        .map(Metric::dimension)
        .filter(dimension -> !dimension.equals("all"))
        .distinct()
        .forEach(dimension -> metrics("By " + dimension, dimension));
    if (!gallery.isEmpty()) {
      html.append("<h2>Worst images</h2>").append(gallery);
    }
    provenance(json);
    return html.append("</html>").toString();
  }

  private void comparison() {
    if (comparison == null) {
      return;
    }
    html.append("<h2>Compared with %s</h2>".formatted(escape(comparison.other())));
    html.append("<table><tr><th>number<th>this<th>other<th>difference");
    for (Comparison.Row row : comparison.rows()) {
      Metric metric = row.metric();
      html.append(
          String.format(
              Locale.ROOT,
              "<tr><td>%s<td>%s<td>%s<td>%+.4f",
              escape(
                  String.join(
                      " ", metric.subset(), metric.dimension(), metric.slice(), metric.name())),
              TerminalTable.number(metric.value()),
              TerminalTable.number(row.other()),
              row.difference()));
    }
    html.append("</table>");
  }

  private void metrics(String title, String dimension) {
    html.append("<h2>%s</h2><table>".formatted(escape(title)));
    html.append("<tr><th>subset<th>slice<th>number<th>value<th>faces");
    for (Metric metric : evaluation.metrics()) {
      if (metric.dimension().equals(dimension)) {
        html.append(
            String.format(
                Locale.ROOT,
                "<tr><td>%s<td>%s<td>%s<td>%s<td>%,d",
                escape(metric.subset()),
                escape(metric.slice()),
                escape(metric.name()),
                TerminalTable.number(metric.value()),
                metric.faces()));
      }
    }
    html.append("</table>");
  }

  private void provenance(String json) {
    html.append("<h2>How this was made</h2><table>");
    evaluation
        .files()
        .forEach(
            file ->
                html.append(
                    "<tr><td>%s<td>%s<td>%s"
                        .formatted(
                            escape(file.name()),
                            file.sha256(),
                            file.recognised() ? "official" : "unknown")));
    for (Map.Entry<String, String> version : evaluation.versions().entrySet()) {
      html.append("<tr><td>%s<td>%s".formatted(version.getKey(), escape(version.getValue())));
    }
    html.append("</table><pre>").append(escape(json)).append("</pre>");
  }

  static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }
}
