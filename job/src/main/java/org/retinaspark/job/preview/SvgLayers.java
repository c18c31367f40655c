package org.retinaspark.job.preview;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** What is drawn over one photo: a group of SVG elements a layer. */
final class SvgLayers {

  private final Map<PreviewLayer, StringBuilder> groups = new EnumMap<>(PreviewLayer.class);

  /** Adds elements of a pattern, on a line. */
  void put(PreviewLayer layer, String pattern, Object... values) {
    groups
        .computeIfAbsent(layer, none -> new StringBuilder())
        .append(String.format(Locale.ROOT, pattern, values))
        .append('\n');
  }

  /** Adds words, from the left end of their baseline; they are escaped already. */
  void text(PreviewLayer layer, float x, float y, float height, String words) {
    put(
        layer,
        "<text x=\"%.2f\" y=\"%.2f\" font-size=\"%.2f\" stroke-width=\"%.2f\">%s</text>",
        x,
        y,
        height,
        height / 6,
        words);
  }

  /** The groups, in the order of the layers. */
  @Override
  public String toString() {
    StringBuilder all = new StringBuilder();
    groups.forEach(
        (layer, elements) ->
            all.append("<g class=\"%s\">%n%s</g>%n".formatted(layer.style(), elements)));
    return all.toString();
  }
}
