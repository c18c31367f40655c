package org.retinaspark.job.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.retinaspark.io.samples.SampleCensus;
import org.retinaspark.job.page.HtmlPage;
import org.retinaspark.job.page.LinePlot;
import org.retinaspark.job.train.loss.LossTerms;
import org.retinaspark.job.train.loss.LossWeights;

/** A training as one self-contained HTML page. */
final class TrainPage {

  private final TrainSummary summary;
  private final TrainResult result;
  private final StringBuilder html = new StringBuilder();

  TrainPage(TrainSummary summary) {
    this.summary = summary;
    this.result = summary.result();
  }

  /**
   * The page.
   *
   * @param json the record of the run
   */
  String html(String json) {
    html.setLength(0);
    html.append(HtmlPage.begin("Training"));
    html.append("<h1>Fitted: %s</h1>".formatted(TrainedHead.told(result.heads())));
    html.append("<p>model <code>%s</code><br>".formatted(HtmlPage.escape(result.output())));
    html.append("SHA-256 <code>%s</code></p>".formatted(result.sha256()));
    result
        .notes()
        .forEach(note -> html.append("<p class=\"warning\">%s".formatted(HtmlPage.escape(note))));
    losses();
    labels();
    result.rounds().forEach(this::samples);
    html.append("<details><summary>How this was made</summary><pre>");
    html.append(HtmlPage.escape(json)).append("</pre></details>");
    return html.append(HtmlPage.END).toString();
  }

  private void losses() {
    html.append("<h2>Losses</h2><p>By term, of all samples of the round.</p><div class=\"plots\">");
    Map<String, List<LossCurve>> byTerm =
        result.curves().stream()
            .collect(
                Collectors.groupingBy(LossCurve::term, LinkedHashMap::new, Collectors.toList()));
    byTerm.forEach((term, curves) -> html.append(plot(term, curves)));
    html.append("</div><table><tr><th>round and term<th>before<th>after<th>steps");
    for (LossCurve curve : result.curves()) {
      html.append(
          String.format(
              Locale.ROOT,
              "<tr><td>%d, %s<td>%.5f<td>%.5f<td>%d",
              curve.round(),
              HtmlPage.escape(curve.term()),
              curve.before(),
              curve.after(),
              curve.values().size() - 1));
    }
    html.append("</table>");
    paper();
  }

  private void paper() {
    LossWeights weights = LossWeights.PAPER;
    LossTerms before = result.losses().before();
    LossTerms after = result.losses().after();
    html.append("<p>The paper's loss (equation 1), of a positive of the last round; of negatives");
    html.append(" those count that lose most, three a positive of a view. Before are the model's");
    html.append(" own heads and the mean mesh.</p>");
    html.append("<table><tr><th>term<th>weighs<th>before<th>after");
    term("class", 1, before.face(), after.face());
    term("box", weights.box(), before.box(), after.box());
    term("landmarks", weights.landmarks(), before.landmarks(), after.landmarks());
    term("mesh", weights.mesh(), before.mesh(), after.mesh());
    term("sum", 1, before.total(weights), after.total(weights));
    html.append("</table>");
  }

  private void term(String name, double weight, double before, double after) {
    html.append(
        String.format(
            Locale.ROOT, "<tr><td>%s<td>%s<td>%.5f<td>%.5f", name, weight, before, after));
  }

  private static String plot(String term, List<LossCurve> curves) {
    int steps = curves.stream().mapToInt(curve -> curve.values().size() - 1).max().orElse(0);
    double highest =
        curves.stream()
            .flatMap(curve -> curve.values().stream())
            .mapToDouble(value -> value)
            .filter(Double::isFinite)
            .max()
            .orElse(0);
    LinePlot plot =
        new LinePlot(
            new LinePlot.Axis("steps", Math.max(1, steps)),
            new LinePlot.Axis("loss of " + term, highest > 0 ? highest : 1));
    for (LossCurve curve : curves) {
      double[] points = new double[2 * curve.values().size()];
      for (int step = 0; step < curve.values().size(); step++) {
        points[2 * step] = step;
        points[2 * step + 1] = curve.values().get(step);
      }
      String label =
          String.format(Locale.ROOT, "round %d, %.5f at last", curve.round(), curve.after());
      plot.add(new LinePlot.Line(label, points));
    }
    return plot.svg();
  }

  private void labels() {
    SampleRound first = result.first();
    html.append("<h2>Photos and labels</h2><table>");
    row("photos", first.photos().images());
    row("labelled", first.labelled());
    row("labelled, failed", first.failed());
    row("labelled images without a photo", result.pairing().missing());
    row("faces", result.labels().faces());
    row("faces ignored", result.labels().ignored());
    row("faces with landmarks", result.labels().landmarks());
    row("faces with a mesh", result.labels().meshes());
    result.labels().faults().forEach((fault, count) -> row(fault.text(), count));
    html.append("</table>");
  }

  private void row(String label, long count) {
    html.append(String.format(Locale.ROOT, "<tr><td>%s<td>%,d", HtmlPage.escape(label), count));
  }

  private void samples(SampleRound round) {
    html.append("<h2>Samples of round %d</h2>".formatted(round.number()));
    html.append("<table><tr><th>anchors<th>positives<th>negatives");
    for (SampleCensus.Anchors anchors : round.census().anchors()) {
      html.append(
          String.format(
              Locale.ROOT,
              "<tr><td>%s<td>%,d<td>%,d",
              HtmlPage.escape(summary.name(anchors)),
              anchors.positives(),
              anchors.negatives()));
    }
    html.append("</table>");
  }
}
