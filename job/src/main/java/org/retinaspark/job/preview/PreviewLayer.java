package org.retinaspark.job.preview;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.retinaspark.io.facetable.FaceArrays;
import org.retinaspark.io.facetable.ImageRecord;

/** What is drawn over a photo and can be hidden on the page; the later over the earlier. */
enum PreviewLayer {
  PARTS("parts", true),
  MESH("mesh", true),
  BOXES("boxes", true),
  POINTS("five points", true),
  LANDMARKS68("68 points", false),
  POSE("pose", true),
  SCORES("scores", true);

  private final String label;
  private final boolean shown;

  PreviewLayer(String label, boolean shown) {
    this.label = label;
    this.shown = shown;
  }

  /** As the page's styles call it. */
  String style() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** A box to be ticked, and the rule that hides what isn't. No script is needed. */
  String toggle() {
    return ("<style>body:has(#show-%1$s:not(:checked)) .%1$s { display: none; }</style>"
            + "<label><input type=\"checkbox\" id=\"show-%1$s\"%2$s> %3$s</label>%n")
        .formatted(style(), shown ? " checked" : "", label);
  }

  /** Those that images have anything for. */
  static Set<PreviewLayer> of(List<ImageRecord> images) {
    Set<PreviewLayer> layers = EnumSet.of(BOXES, SCORES);
    for (ImageRecord image : images) {
      FaceArrays faces = image.faces();
      add(layers, POINTS, faces.points() > 0);
      add(layers, MESH, faces.mesh() != null);
      add(layers, LANDMARKS68, !faces.landmarks68().isEmpty());
      add(layers, POSE, !faces.pose().isEmpty());
      add(layers, PARTS, !faces.parts().isEmpty());
    }
    return layers;
  }

  private static void add(Set<PreviewLayer> layers, PreviewLayer layer, boolean present) {
    if (present) {
      layers.add(layer);
    }
  }
}
