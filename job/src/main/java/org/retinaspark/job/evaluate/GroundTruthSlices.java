package org.retinaspark.job.evaluate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.retinaspark.io.wider.FaceAttribute;
import org.retinaspark.io.wider.GroundTruth;
import org.retinaspark.io.wider.GroundTruthImage;
import org.retinaspark.job.measures.Breakdown;
import org.retinaspark.job.measures.FaceSlice;
import org.retinaspark.job.measures.Truth;

/** Cuts a ground truth into slices: by the attributes it has, by face height, and by event. */
final class GroundTruthSlices {

  /** Lower bounds of the height slices in pixels; the last is open. */
  private static final int[] HEIGHTS = {10, 16, 32, 64, 128, 256};

  /** More events than this are not a benchmark's categories, and get no numbers of their own. */
  private static final int MOST_EVENTS = 1000;

  private final List<FaceAttribute> attributes;
  private final Map<String, Integer> events = new HashMap<>();
  private final Breakdown breakdown;

  GroundTruthSlices(GroundTruth truth) {
    attributes = known(truth);
    List<FaceSlice> slices = new ArrayList<>();
    for (FaceAttribute attribute : attributes) {
      for (String value : attribute.valueNames()) {
        slices.add(new FaceSlice(attribute.label(), value));
      }
    }
    for (int i = 0; i < HEIGHTS.length; i++) {
      boolean last = i == HEIGHTS.length - 1;
      slices.add(new FaceSlice("height", HEIGHTS[i] + (last ? "+" : "-" + HEIGHTS[i + 1])));
    }
    List<String> names = truth.images().stream().map(GroundTruthImage::event).distinct().toList();
    boolean few = !names.isEmpty() && names.size() <= MOST_EVENTS;
    List<String> kept = few ? names : List.of("any");
    kept.forEach(name -> events.put(name, events.size()));
    breakdown = new Breakdown(truth.subsets(), slices, kept);
  }

  private static List<FaceAttribute> known(GroundTruth truth) {
    List<FaceAttribute> known = new ArrayList<>();
    for (FaceAttribute attribute : FaceAttribute.values()) {
      boolean given =
          truth.images().stream()
              .anyMatch(
                  image ->
                      image.faces() > 0
                          && image.attribute(0, attribute) != GroundTruthImage.UNKNOWN);
      if (given && attribute != FaceAttribute.INVALID) {
        known.add(attribute);
      }
    }
    return known;
  }

  Breakdown breakdown() {
    return breakdown;
  }

  Truth truth(int ordinal, GroundTruthImage image) {
    int[] slices = new int[image.faces()];
    for (int face = 0; face < slices.length; face++) {
      slices[face] = slices(image, face);
    }
    return new Truth(
        ordinal,
        events.getOrDefault(image.event(), 0),
        image.boxes(),
        image.subsets(),
        slices,
        image.landmarks());
  }

  private int slices(GroundTruthImage image, int face) {
    int mask = 0;
    int first = 0;
    for (FaceAttribute attribute : attributes) {
      int values = attribute.valueNames().size();
      int value = image.attribute(face, attribute);
      if (value >= 0 && value < values) {
        mask |= 1 << (first + value);
      }
      first += values;
    }
    double height = image.boxes()[face * GroundTruthImage.BOX + 3];
    for (int i = HEIGHTS.length - 1; i >= 0; i--) {
      if (height >= HEIGHTS[i]) {
        return mask | 1 << (first + i);
      }
    }
    return mask;
  }
}
