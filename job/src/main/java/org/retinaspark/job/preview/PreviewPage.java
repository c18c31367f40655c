package org.retinaspark.job.preview;

import java.io.IOException;
import java.io.Writer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.retinaspark.udf.detect.Box;
import org.retinaspark.udf.detect.Face;
import org.retinaspark.udf.detect.Point;

/**
 * Writes the page: one self-contained HTML file, a figure an image, boxes and landmarks as SVG over
 * the photo in the coordinates of the table. All text of the data is escaped.
 */
final class PreviewPage {

  private static final String HEAD =
      """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>RetinaSpark preview</title>
      <style>
      body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 72rem;
             padding: 0 1rem; color: #1c2430; background: #f6f7f9; }
      figure { margin: 2rem 0; background: #fff; border: 1px solid #d8dde5; border-radius: 6px;
               overflow: hidden; }
      figcaption { padding: .6rem 1rem; }
      svg { display: block; width: 100%; height: auto; max-height: 90vh; background: #222; }
      rect { fill: none; stroke: #00e676; vector-effect: non-scaling-stroke; stroke-width: 2; }
      circle { fill: #ff4081; }
      text { fill: #fff; paint-order: stroke; stroke: #000; font-family: system-ui, sans-serif; }
      .failed { color: #b3261e; }
      .note { color: #5b6675; }
      </style>
      </head>
      <body>
      """;

  private final Writer out;
  private final float minimumScore;

  /**
   * A page on a writer.
   *
   * @param minimumScore faces below it are counted, not drawn
   */
  PreviewPage(Writer out, float minimumScore) {
    this.out = out;
    this.minimumScore = minimumScore;
  }

  void begin(String table, int shown, long total) throws IOException {
    out.write(HEAD);
    out.write("<h1>RetinaSpark preview</h1>\n");
    out.write(
        "<p class=\"note\">%s: %,d of %,d images, faces of score %s and more</p>%n"
            .formatted(escape(table), shown, total, minimumScore));
  }

  /** Adds an image; without an address there is only its caption. */
  void add(PreviewRow row, @Nullable String photo, @Nullable String problem) throws IOException {
    long drawn = row.faces().stream().filter(this::drawn).count();
    out.write("<figure>\n");
    if (photo != null) {
      drawing(row, photo);
    }
    out.write("<figcaption><strong>" + escape(row.image()) + "</strong>");
    if (row.error() != null) {
      out.write(" <span class=\"failed\">failed: " + escape(row.error()) + "</span>");
    } else {
      out.write(
          " %d x %d, %d faces <span class=\"note\">(and %d of lower score)</span>"
              .formatted(row.width(), row.height(), drawn, row.faces().size() - drawn));
    }
    if (!row.warnings().isEmpty()) {
      out.write(" <span class=\"failed\">" + escape(String.join(", ", row.warnings())) + "</span>");
    }
    if (problem != null) {
      out.write(" <span class=\"failed\">not shown: " + escape(problem) + "</span>");
    }
    out.write("</figcaption>\n</figure>\n");
  }

  void end() throws IOException {
    out.write("</body>\n</html>\n");
  }

  private void drawing(PreviewRow row, String photo) throws IOException {
    out.write(
        "<svg viewBox=\"0 0 %1$d %2$d\" role=\"img\" aria-label=\"%3$s\">%n"
            .formatted(row.width(), row.height(), escape(row.image())));
    out.write(
        "<image width=\"%d\" height=\"%d\" href=\"%s\"/>%n"
            .formatted(row.width(), row.height(), photo));
    for (Face face : row.faces()) {
      if (drawn(face)) {
        draw(face, Math.max(row.width(), row.height()) / 90f);
      }
    }
    out.write("</svg>\n");
  }

  private boolean drawn(Face face) {
    return face.score() >= minimumScore;
  }

  private void draw(Face face, float letterHeight) throws IOException {
    Box box = face.box();
    out.write(
        format(
            "<rect x=\"%.2f\" y=\"%.2f\" width=\"%.2f\" height=\"%.2f\"/>%n",
            box.x1(), box.y1(), box.width(), box.height()));
    for (Point point : face.landmarks()) {
      float radius = Math.max(0.6f, box.width() / 40);
      out.write(
          format("<circle cx=\"%.2f\" cy=\"%.2f\" r=\"%.2f\"/>%n", point.x(), point.y(), radius));
    }
    out.write(
        format(
            "<text x=\"%.2f\" y=\"%.2f\" font-size=\"%.2f\" stroke-width=\"%.2f\">%.3f</text>%n",
            box.x1(),
            Math.max(letterHeight, box.y1() - letterHeight / 4),
            letterHeight,
            letterHeight / 6,
            face.score()));
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }

  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
