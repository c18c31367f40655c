package org.retinaspark.job.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Lines in a square as SVG: linear axes, each from 0 to its limit. */
public final class LinePlot {

  private static final int SIDE = 360;
  private static final int MARGIN = 40;
  private static final int TICKS = 10;
  private static final int KEY_LINE = 16;
  private static final int KEY_TOP = SIDE + 2 * MARGIN + 10;
  private static final List<String> COLOURS =
      List.of("#1b6ca8", "#c2571a", "#3a7d44", "#7b3fa0", "#a01a3f");

  private final Axis across;
  private final Axis up;
  private final List<Line> lines = new ArrayList<>();

  /**
   * An axis.
   *
   * @param label what it shows
   * @param limit where it ends, above 0
   */
  public record Axis(String label, double limit) {}

  /**
   * A line.
   *
   * @param label beside it in its colour
   * @param points {@code x y x y ...} in the plot's units, from left to right
   */
  public record Line(String label, double[] points) {}

  /** A plot of nothing yet. */
  public LinePlot(Axis across, Axis up) {
    this.across = across;
    this.up = up;
  }

  /** Adds a line, in a colour of its own. */
  public void add(Line line) {
    lines.add(line);
  }

  /** The plot with all lines, and what they are below it. */
  public String svg() {
    StringBuilder svg = new StringBuilder();
    svg.append(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"460\" font-size=\"11\" role=\"img\" aria-label=\"%s by %s\">"
            .formatted(
                SIDE + 2 * MARGIN,
                KEY_TOP + KEY_LINE * lines.size(),
                HtmlPage.escape(up.label()),
                HtmlPage.escape(across.label())));
    axes(svg);
    for (int i = 0; i < lines.size(); i++) {
      String colour = COLOURS.get(i % COLOURS.size());
      svg.append(
          "<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"1.5\" points=\"%s\"/>"
              .formatted(colour, points(lines.get(i).points())));
      // Below the axes, where it hides no line.
      double height = KEY_TOP + KEY_LINE * i;
      svg.append(
          String.format(
              Locale.ROOT,
              "<rect x=\"%.0f\" y=\"%.0f\" width=\"14\" height=\"4\" fill=\"%s\"/>",
              x(0),
              height - 6,
              colour));
      text(svg, x(0) + 20, height, "start", "#222", lines.get(i).label());
    }
    return svg.append("</svg>").toString();
  }

  private void axes(StringBuilder svg) {
    for (int tick = 0; tick <= TICKS; tick++) {
      double right = across.limit() * tick / TICKS;
      double height = up.limit() * tick / TICKS;
      line(svg, x(right), y(0), x(right), y(up.limit()));
      line(svg, x(0), y(height), x(across.limit()), y(height));
      text(svg, x(right), y(0) + 14, "middle", "#222", number(right));
      text(svg, x(0) - 6, y(height) + 4, "end", "#222", number(height));
    }
    text(svg, x(across.limit() / 2), y(0) + 30, "middle", "#222", across.label());
    text(svg, x(0), y(up.limit()) - 10, "start", "#222", up.label());
  }

  private static String number(double value) {
    String digits = String.format(Locale.ROOT, "%.2f", value);
    return digits.endsWith("0") ? digits.substring(0, digits.length() - 1) : digits;
  }

  private String points(double[] points) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < points.length; i += 2) {
      text.append(String.format(Locale.ROOT, "%.1f,%.1f ", x(points[i]), y(points[i + 1])));
    }
    return text.toString().strip();
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

  private static void text(
      StringBuilder svg, double x, double y, String anchor, String colour, String text) {
    svg.append(
        String.format(
            Locale.ROOT,
            "<text x=\"%.0f\" y=\"%.0f\" text-anchor=\"%s\" fill=\"%s\">%s</text>",
            x,
            y,
            anchor,
            colour,
            HtmlPage.escape(text)));
  }

  private double x(double value) {
    return MARGIN + value / across.limit() * SIDE;
  }

  private double y(double value) {
    return MARGIN + (1 - value / up.limit()) * SIDE;
  }
}
