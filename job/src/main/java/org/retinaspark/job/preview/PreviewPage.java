package org.retinaspark.job.preview;

import java.io.IOException;
import java.io.Writer;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.retinaspark.io.facetable.FaceArrays;
import org.retinaspark.io.facetable.ImageError;
import org.retinaspark.io.facetable.ImageFrame;
import org.retinaspark.io.facetable.ImageRecord;

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

  /** Says what got no row, if anything did. */
  void passedOver(String what, Map<String, Long> reasons) throws IOException {
    if (reasons.isEmpty()) {
      return;
    }
    long total = reasons.values().stream().mapToLong(Long::longValue).sum();
    String each =
        reasons.entrySet().stream()
            .map(reason -> reason.getKey() + " " + reason.getValue())
            .collect(Collectors.joining(", "));
    out.write("<p class=\"note\">%,d %s got no row: %s</p>%n".formatted(total, what, escape(each)));
  }

  /** Adds an image; without an address there is only its caption. */
  void add(ImageRecord image, @Nullable String photo, @Nullable String problem) throws IOException {
    ImageFrame frame = image.frame();
    out.write("<figure>\n");
    if (photo != null && frame != null) {
      drawing(image, frame, photo);
    }
    out.write("<figcaption><strong>" + escape(image.image()) + "</strong>");
    if (image.error() != null) {
      out.write(" <span class=\"failed\">failed: " + escape(text(image.error())) + "</span>");
    } else if (frame != null) {
      int drawn = drawn(image.faces());
      out.write(
          " %d x %d, %d faces <span class=\"note\">(and %d of lower score)</span>"
              .formatted(frame.width(), frame.height(), drawn, image.faces().count() - drawn));
    }
    if (!image.warnings().isEmpty()) {
      out.write(
          " <span class=\"failed\">" + escape(String.join(", ", image.warnings())) + "</span>");
    }
    if (problem != null) {
      out.write(" <span class=\"failed\">not shown: " + escape(problem) + "</span>");
    }
    out.write("</figcaption>\n</figure>\n");
  }

  void end() throws IOException {
    out.write("</body>\n</html>\n");
  }

  private static String text(ImageError error) {
    return "%s: %s (%s)".formatted(error.stage(), error.message(), error.code());
  }

  private void drawing(ImageRecord image, ImageFrame frame, String photo) throws IOException {
    out.write(
        "<svg viewBox=\"0 0 %1$d %2$d\" role=\"img\" aria-label=\"%3$s\">%n"
            .formatted(frame.width(), frame.height(), escape(image.image())));
    out.write(
        "<image width=\"%d\" height=\"%d\" href=\"%s\"/>%n"
            .formatted(frame.width(), frame.height(), photo));
    for (int face = 0; face < image.faces().count(); face++) {
      if (image.faces().scores()[face] >= minimumScore) {
        draw(image.faces(), face, Math.max(frame.width(), frame.height()) / 90f);
      }
    }
    out.write("</svg>\n");
  }

  private int drawn(FaceArrays faces) {
    int drawn = 0;
    for (float score : faces.scores()) {
      drawn += score >= minimumScore ? 1 : 0;
    }
    return drawn;
  }

  private void draw(FaceArrays faces, int face, float letterHeight) throws IOException {
    int box = face * FaceArrays.BOX;
    float left = faces.boxes()[box];
    float top = faces.boxes()[box + 1];
    float width = faces.boxes()[box + 2] - left;
    float height = faces.boxes()[box + 3] - top;
    out.write(
        format(
            "<rect x=\"%.2f\" y=\"%.2f\" width=\"%.2f\" height=\"%.2f\"/>%n",
            left, top, width, height));
    float radius = Math.max(0.6f, width / 40);
    for (int point = face * faces.points(); point < (face + 1) * faces.points(); point++) {
      float x = faces.landmarks()[2 * point];
      float y = faces.landmarks()[2 * point + 1];
      out.write(format("<circle cx=\"%.2f\" cy=\"%.2f\" r=\"%.2f\"/>%n", x, y, radius));
    }
    out.write(
        format(
            "<text x=\"%.2f\" y=\"%.2f\" font-size=\"%.2f\" stroke-width=\"%.2f\">%.3f</text>%n",
            left,
            Math.max(letterHeight, top - letterHeight / 4),
            letterHeight,
            letterHeight / 6,
            faces.scores()[face]));
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
