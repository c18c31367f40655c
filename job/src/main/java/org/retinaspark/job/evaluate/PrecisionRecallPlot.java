package org.retinaspark.job.evaluate;

import java.util.List;
import java.util.Locale;
import org.retinaspark.job.eval.Curve;
import org.retinaspark.job.eval.PrecisionRecallCurve;

/** Precision-recall curves as SVG, both axes linear from 0 to 1 as in the official plots. */
final class PrecisionRecallPlot {

  private static final int SIDE = 360;
  private static final int MARGIN = 40;
  private static final int TICKS = 10;
  private static final List<String> COLOURS =
      List.of("#1b6ca8", "#c2571a", "#3a7d44", "#7b3fa0", "#a01a3f");

  private PrecisionRecallPlot() {}

  static String svg(List<Curve> curves) {
    StringBuilder svg = new StringBuilder();
    svg.append(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"520\" font-size=\"11\" role=\"img\" aria-label=\"precision-recall curves\">"
            .formatted(SIDE + 2 * MARGIN, SIDE + 2 * MARGIN));
    for (int tick = 0; tick <= TICKS; tick++) {
      double value = (double) tick / TICKS;
      line(svg, x(value), y(0), x(value), y(1));
      line(svg, x(0), y(value), x(1), y(value));
      String label = String.format(Locale.ROOT, "%.1f", value);
      text(svg, x(value), y(0) + 14, "middle", label);
      text(svg, x(0) - 6, y(value) + 4, "end", label);
    }
    text(svg, x(0.5), y(0) + 30, "middle", "recall");
    text(svg, x(0), y(1) - 10, "start", "precision");
    for (int i = 0; i < curves.size(); i++) {
      String colour = COLOURS.get(i % COLOURS.size());
      svg.append(
          "<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"1.5\" points=\"%s\"/>"
              .formatted(colour, points(curves.get(i).points())));
      svg.append(
          String.format(
              Locale.ROOT,
              "<text x=\"%.1f\" y=\"%.1f\" fill=\"%s\">%s %s</text>",
              x(0.05),
              y(0.05 + 0.05 * (curves.size() - 1 - i)),
              colour,
              curves.get(i).subset(),
              TerminalTable.percent(curves.get(i).points().averagePrecision())));
    }
    return svg.append("</svg>").toString();
  }

  private static String points(PrecisionRecallCurve curve) {
    StringBuilder points = new StringBuilder();
    for (int i = 0; i < curve.hits().length; i++) {
      if (curve.proposals()[i] > 0 && curve.faces() > 0) {
        points.append(
            String.format(Locale.ROOT, "%.1f,%.1f ", x(curve.recall(i)), y(curve.precision(i))));
      }
    }
    return points.toString().strip();
  }

  private static void line(StringBuilder svg, double x1, double y1, double x2, double y2) {
    svg.append(
        String.format(
            Locale.ROOT,
            "<line x1=\"%.0f\" y1=\"%.0f\" x2=\"%.0f\" y2=\"%.0f\" stroke=\"#ddd\"/>",
            x1,
            y1,
            x2,
            y2));
  }

  private static void text(StringBuilder svg, double x, double y, String anchor, String text) {
    svg.append(
        String.format(
            Locale.ROOT,
            "<text x=\"%.0f\" y=\"%.0f\" text-anchor=\"%s\">%s</text>",
            x,
            y,
            anchor,
            text));
  }

  private static double x(double recall) {
    return MARGIN + recall * SIDE;
  }

  private static double y(double precision) {
    return MARGIN + (1 - precision) * SIDE;
  }
}
