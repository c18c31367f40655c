package org.retinaspark.job.preview;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.retinaspark.io.facetable.ImageError;
import org.retinaspark.io.facetable.ImageFrame;
import org.retinaspark.io.facetable.ImageRecord;

/**
 * Writes the page: one self-contained HTML file, a figure an image, with {@link PreviewLayer
 * layers} that can be hidden as SVG over the photo in the coordinates of the table. All text of the
 * data is escaped.
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
      nav { position: sticky; top: 0; z-index: 1; padding: .5rem 1rem; background: #fff;
            border: 1px solid #d8dde5; border-radius: 6px; }
      nav label { margin-right: 1rem; white-space: nowrap; }
      nav span { margin-right: .6rem; padding-left: .3rem; border-left: .8rem solid; }
      g { fill: none; stroke-linecap: round; }
      rect, path, line { vector-effect: non-scaling-stroke; stroke-width: 2; }
      .boxes { stroke: #00e676; }
      .points { fill: #ff4081; }
      .mesh path { stroke: #fff; stroke-width: .7; opacity: .7; }
      .landmarks68 path { stroke: #ffea00; stroke-width: 4; }
      .pose line { stroke-width: 3; }
      .side { stroke: #ff3d00; }
      .down { stroke: #00c853; }
      .look { stroke: #2979ff; }
      .parts image { image-rendering: pixelated; }
      text { fill: #fff; paint-order: stroke; stroke: #000; font-family: system-ui, sans-serif; }
      .failed { color: #b3261e; }
      .note { color: #5b6675; }
      </style>
      </head>
      <body>
      """;

  private final Writer out;
  private final float minimumScore;
  private final FaceDrawing drawing;

  /**
   * A page on a writer.
   *
   * @param minimumScore faces below it are counted, not drawn
   */
  PreviewPage(Writer out, float minimumScore) {
    this.out = out;
    this.minimumScore = minimumScore;
    this.drawing = new FaceDrawing(minimumScore);
  }

  void begin(String table, List<ImageRecord> shown, long total) throws IOException {
    out.write(HEAD);
    out.write("<h1>RetinaSpark preview</h1>\n");
    out.write(
        "<p class=\"note\">%s: %,d of %,d images, faces of score %s and more</p>%n"
            .formatted(escape(table), shown.size(), total, minimumScore));
    toggles(PreviewLayer.of(shown));
  }

  private void toggles(Set<PreviewLayer> layers) throws IOException {
    out.write("<nav>\n");
    for (PreviewLayer layer : layers) {
      out.write(layer.toggle());
    }
    if (layers.contains(PreviewLayer.PARTS)) {
      out.write(PartsPicture.legend());
    }
    out.write("</nav>\n");
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
    List<String> undrawn = new ArrayList<>();
    out.write("<figure>\n");
    if (photo != null && frame != null) {
      drawing(image, frame, photo, undrawn);
    }
    out.write("<figcaption><strong>" + escape(image.image()) + "</strong>");
    if (image.error() != null) {
      out.write(" <span class=\"failed\">failed: " + escape(text(image.error())) + "</span>");
    } else if (frame != null) {
      int drawn = drawing.drawn(image.faces()).length;
      out.write(
          " %d x %d, %d faces <span class=\"note\">(and %d of lower score)</span>"
              .formatted(frame.width(), frame.height(), drawn, image.faces().count() - drawn));
    }
    if (!image.warnings().isEmpty()) {
      out.write(
          " <span class=\"failed\">" + escape(String.join(", ", image.warnings())) + "</span>");
    }
    if (drawing.leavesOut(image.faces())) {
      out.write(
          " <span class=\"note\">(details of the %d largest)</span>"
              .formatted(FaceDrawing.MOST_DETAILED));
    }
    for (String part : undrawn) {
      out.write(" <span class=\"failed\">not drawn: " + escape(part) + "</span>");
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

  private void drawing(ImageRecord image, ImageFrame frame, String photo, List<String> problems)
      throws IOException {
    out.write(
        "<svg viewBox=\"0 0 %1$d %2$d\" role=\"img\" aria-label=\"%3$s\">%n"
            .formatted(frame.width(), frame.height(), escape(image.image())));
    out.write(
        "<image width=\"%d\" height=\"%d\" href=\"%s\"/>%n"
            .formatted(frame.width(), frame.height(), photo));
    out.write(drawing.of(image.faces(), frame, problems));
    out.write("</svg>\n");
  }

  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
