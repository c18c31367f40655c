package org.retinaspark.job.evaluate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.retinaspark.job.page.HtmlPage;
import org.retinaspark.job.page.Metric;

/** An evaluation as one self-contained HTML page. */
final class ReportPage {

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
    html.append(HtmlPage.begin("WIDER FACE evaluation"));
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
    return html.append(HtmlPage.END).toString();
  }

  private void summary() {
    EvaluateConfig config = evaluation.config();
    html.append("<h1>WIDER FACE %s</h1>".formatted(HtmlPage.escape(config.split())));
    html.append("<table class=\"summary\"><tr><th>");
    table.subsets().forEach(subset -> html.append("<th>").append(HtmlPage.escape(subset)));
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
                HtmlPage.escape(evaluation.run().at("/model/name").asText("unknown")),
                HtmlPage.escape(evaluation.protocol()),
                config.dialect().label(),
                table.amount(),
                HtmlPage.escape(config.detections())));
    for (String warning : evaluation.warnings()) {
      html.append("<p class=\"warning\">").append(HtmlPage.escape(warning)).append("</p>");
    }
  }

  private void whole() {
    html.append("<h2>Whole subsets</h2><table>");
    head("");
    for (SubsetTable.Row row : table.whole()) {
      html.append("<tr><td>").append(HtmlPage.escape(row.label()));
      row.cells().forEach(cell -> html.append("<td>").append(cell));
    }
    html.append("</table>");
    table
        .landmarks()
        .forEach(line -> html.append("<p>").append(HtmlPage.escape(line)).append("</p>"));
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
      html.append("<tr><td>").append(HtmlPage.escape(row.slice().value()));
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
    html.append("<tr><th>").append(HtmlPage.escape(label));
    table.subsets().forEach(subset -> html.append("<th>").append(HtmlPage.escape(subset)));
  }

  private void comparison() {
    if (comparison == null) {
      return;
    }
    html.append("<h2>Compared with %s</h2>".formatted(HtmlPage.escape(comparison.other())));
    comparison
        .reservations()
        .forEach(
            reservation -> html.append("<p><b>%s</b>".formatted(HtmlPage.escape(reservation))));
    html.append("<table><tr><th>number<th>this<th>other<th>difference");
    for (Comparison.Row row : comparison.rows()) {
      Metric metric = row.metric();
      html.append(
          String.format(
              Locale.ROOT,
              "<tr><td>%s<td>%s<td>%s<td>%+.4f",
              HtmlPage.escape(
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
                HtmlPage.escape(metric.name()),
                HtmlPage.escape(metric.subset()),
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
                            HtmlPage.escape(file.name()),
                            file.sha256(),
                            file.recognised() ? "official" : "unknown")));
    for (Map.Entry<String, String> version : evaluation.versions().entrySet()) {
      html.append(
          "<tr><td>%s<td>%s".formatted(version.getKey(), HtmlPage.escape(version.getValue())));
    }
    html.append("</table><pre>").append(HtmlPage.escape(json)).append("</pre></details>");
  }
}
