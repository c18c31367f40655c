package org.retinaspark.job.measures;

import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * An image with its annotated faces and its detections, as every measure sees it. Sorting and
 * matching are done when first asked for, and once. For one thread.
 */
public final class PairedImage {

  private final String image;
  private final Truth truth;
  private final Detections found;
  private final Set<DetectionFault> faults;
  private final Map<OfficialMatching, int[]> matches = new EnumMap<>(OfficialMatching.class);
  private @Nullable Detections sound;
  private @Nullable Detections ranked;

  /**
   * An image.
   *
   * @param image the key
   * @param truth the annotated faces; {@link Truth#NONE} if the ground truth lacks the image
   * @param found what was detected, broken numbers included, in the order of the file or table
   * @param faults what is wrong with the image as a whole
   */
  public PairedImage(String image, Truth truth, Detections found, Set<DetectionFault> faults) {
    this.image = image;
    this.truth = truth;
    this.found = found;
    this.faults = faults.isEmpty() ? EnumSet.noneOf(DetectionFault.class) : EnumSet.copyOf(faults);
  }

  /** The key. */
  public String image() {
    return image;
  }

  /** The annotated faces. */
  public Truth truth() {
    return truth;
  }

  /** What is wrong with the image as a whole. */
  public Set<DetectionFault> faults() {
    return Collections.unmodifiableSet(faults);
  }

  /** Whether the ground truth has the image; only a {@link Census} looks at others. */
  public boolean known() {
    return !faults.contains(DetectionFault.UNKNOWN_IMAGE);
  }

  /** Detections with a number that isn't finite. */
  int broken() {
    return found.count() - detections().count();
  }

  /** Detections of negative width or height. */
  int negative() {
    int negative = 0;
    for (int i = 0; i < found.boxes().length; i += Detections.BOX) {
      negative += found.boxes()[i + 2] < 0 || found.boxes()[i + 3] < 0 ? 1 : 0;
    }
    return negative;
  }

  /** Detections with a score below 0 or above 1. */
  int outside() {
    int outside = 0;
    for (double score : found.scores()) {
      outside += score < 0 || score > 1 ? 1 : 0;
    }
    return outside;
  }

  /** The detections whose numbers are all finite, in the order of the file or table. */
  public Detections detections() {
    if (sound == null) {
      int[] finite = IntStream.range(0, found.count()).filter(found::finite).toArray();
      sound = finite.length == found.count() ? found : found.select(finite);
    }
    return sound;
  }

  /** The same by descending score; of equal scores the first comes first. */
  public Detections ranked() {
    if (ranked == null) {
      ranked = detections().byScore();
    }
    return ranked;
  }

  /** For each of {@link #ranked} the face that it found, or {@link OfficialMatching#NONE}. */
  int[] matches(OfficialMatching matching) {
    return matches.computeIfAbsent(matching, by -> by.match(ranked(), truth));
  }
}
