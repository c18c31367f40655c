package org.retinaspark.job.evaluate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An evaluation as one self-contained HTML page. */
final class ReportPage {

  private static final String STYLE =
      """
      body{font:15px/1.5 system-ui,sans-serif;max-width:64rem;margin:2rem auto;padding:0 1rem;color:#222}
      table{border-collapse:collapse;margin:.5rem 0 1.5rem}td,th{padding:.2rem .8rem;border-bottom:1px solid #ddd;text-align:right}
      td:first-child,th:first-child{text-align:left;white-space:pre}small{color:#666}
      .summary td{font-size:1.6rem;border:0}.summary th{border:0;padding-bottom:0}
      .bars td+td{min-width:9rem;background:linear-gradient(90deg,#cfe3f2 calc(var(--ap)*1%),transparent 0) no-repeat}
      .plots{display:flex;flex-wrap:wrap;gap:1rem}.plots svg{max-width:100%;height:auto}
      .bars td+td{border-left:.5rem solid #fff}figcaption{overflow-wrap:anywhere}
      figure{display:inline-block;width:30rem;max-width:100%;margin:0 1rem 1rem 0}
      summary{cursor:pointer;font-weight:bold;margin:.5rem 0}
      pre{background:#f6f6f6;padding:1rem;overflow:auto}.warning{color:#a01a1a}
      """;

  private final Evaluation evaluation;
  private final SubsetTable table;
  private final String gallery;
  private final @Nullable Comparison comparison;
  private final StringBuilder html = new StringBuilder();

  ReportPage(Evaluation evaluation, String gallery, @Nullable Comparison comparison) {
    this.evaluation = evaluation;
    this.table = new SubsetTable(evaluation);
    this.gallery = gallery;
    this.comparison = comparison;
  }

  String html(String json) {
    html.setLength(0);
    html.append("<!doctype html><html lang=\"en\"><meta charset=\"utf-8\">");
    html.append("<meta name=\"viewport\" content=\"width=device-width\">");
    html.append("<title>WIDER FACE evaluation</title><style>").append(STYLE).append("</style>");
    summary();
    html.append("<div class=\"plots\">");
    html.append(ReportPlots.precisionRecall(evaluation.result()));
    html.append(ReportPlots.landmarkErrors(evaluation.result()));
    html.append("</div>");
    comparison();
    whole();
    slices();
    events();
    if (!gallery.isEmpty()) {
      html.append("<h2>Worst images</h2>").append(gallery);
    }
    numbers();
    provenance(json);
    return html.append("</html>").toString();
  }

  private void summary() {
    EvaluateConfig config = evaluation.config();
    html.append("<h1>WIDER FACE %s</h1>".formatted(escape(config.split())));
    html.append("<table class=\"summary\"><tr><th>");
    table.subsets().forEach(subset -> html.append("<th>").append(escape(subset)));
    html.append("<tr><td>AP");
    table
        .subsets()
        .forEach(
            subset ->
                html.append("<td>").append(SubsetTable.percent(evaluation.value(subset, "ap"))));
    html.append("</table>");
    html.append(
        "<p>Model <b>%s</b>, protocol <b>%s</b>, dialect <b>%s</b><br>%s<br>detections <code>%s</code></p>"
            .formatted(
                escape(evaluation.run().at("/model/name").asText("unknown")),
                escape(evaluation.protocol()),
                config.dialect().label(),
                table.amount(),
                escape(config.detections())));
    for (String warning : evaluation.warnings()) {
      html.append("<p class=\"warning\">").append(escape(warning)).append("</p>");
    }
  }

  private void whole() {
    html.append("<h2>Whole subsets</h2><table>");
    head("");
    for (SubsetTable.Row row : table.whole()) {
      html.append("<tr><td>").append(escape(row.label()));
      row.cells().forEach(cell -> html.append("<td>").append(cell));
    }
    html.append("</table>");
    table.landmarks().forEach(line -> html.append("<p>").append(escape(line)).append("</p>"));
  }

  private void slices() {
    Map<String, List<SubsetTable.SliceRow>> byDimension =
        table.slices().stream()
            .collect(
                Collectors.groupingBy(
                    row -> row.slice().dimension(), LinkedHashMap::new, Collectors.toList()));
    if (!byDimension.isEmpty()) {
      html.append("<h2>AP by slice</h2><p><small>in brackets: faces</small></p>");
    }
    byDimension.forEach(this::bars);
  }

  private void events() {
    List<SubsetTable.SliceRow> events = table.events();
    html.append("<details><summary>AP by event (%d)</summary>".formatted(events.size()));
    bars("event", events);
    html.append("</details>");
  }

  private void bars(String dimension, List<SubsetTable.SliceRow> rows) {
    html.append("<table class=\"bars\">");
    head(dimension);
    for (SubsetTable.SliceRow row : rows) {
      html.append("<tr><td>").append(escape(row.slice().value()));
      for (Metric metric : row.cells()) {
        html.append(
            metric.faces() == 0
                ? "<td>-"
                : String.format(
                    Locale.ROOT,
                    "<td style=\"--ap:%.1f\">%s <small>(%,d)</small>",
                    100 * metric.value(),
                    SubsetTable.percent(metric.value()),
                    metric.faces()));
      }
    }
    html.append("</table>");
  }

  private void head(String label) {
    html.append("<tr><th>").append(escape(label));
    table.subsets().forEach(subset -> html.append("<th>").append(escape(subset)));
  }

  private void comparison() {
    if (comparison == null) {
      return;
    }
    html.append("<h2>Compared with %s</h2>".formatted(escape(comparison.other())));
    comparison
        .reservations()
        .forEach(reservation -> html.append("<p><b>%s</b>".formatted(escape(reservation))));
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
              SubsetTable.number(metric.value()),
              SubsetTable.number(row.other()),
              row.difference()));
    }
    html.append("</table>");
  }

  private void numbers() {
    html.append("<details><summary>All numbers of whole subsets</summary><table>");
    html.append("<tr><th>number<th>subset<th>value<th>faces");
    for (Metric metric : evaluation.metrics()) {
      if (metric.dimension().equals("all")) {
        html.append(
            String.format(
                Locale.ROOT,
                "<tr><td>%s<td>%s<td>%s<td>%,d",
                escape(metric.name()),
                escape(metric.subset()),
                SubsetTable.number(metric.value()),
                metric.faces()));
      }
    }
    html.append("</table></details>");
  }

  private void provenance(String json) {
    html.append("<details><summary>How this was made</summary><table>");
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
    html.append("</table><pre>").append(escape(json)).append("</pre></details>");
  }

  static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }
}
