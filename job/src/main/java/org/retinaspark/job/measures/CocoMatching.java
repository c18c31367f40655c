package org.retinaspark.job.measures;

/**
 * COCO's matching of one image's detections and faces ({@code COCOeval.evaluateImg} of
 * pycocotools): in score order each detection takes the free face of the largest overlap at or
 * above a threshold, counted faces before ignored ones, the last among equals. Faces outside a
 * subset are ignored in it, as COCO ignores objects outside an area range; the set after the last
 * subset counts every face.
 *
 * <p>Outcomes are bits, {@code set * 10 + threshold}, so that a detection is two {@code long}s
 * whatever the number of sets and thresholds.
 */
public final class CocoMatching {

  /** Detections an image that are looked at, best first. */
  public static final int MOST_DETECTIONS = 1000;

  private CocoMatching() {}

  /**
   * What became of an image's best detections, by descending score, at most {@link
   * #MOST_DETECTIONS}.
   *
   * @param hits {@code [n]}: the bits at which a detection found a face that counts
   * @param others {@code [n]}: the bits at which it isn't a false positive, as it hit or is ignored
   */
  public record Outcome(long[] hits, long[] others) {}

  /** Matches one image at every threshold in every set: so many subsets, and all faces. */
  public static Outcome match(PairedImage image, int subsets) {
    Truth truth = image.truth();
    Detections detections = image.ranked();
    int count = Math.min(detections.count(), MOST_DETECTIONS);
    long[] hits = new long[count];
    long[] others = new long[count];
    long[] taken = new long[truth.faces()];
    int[] near = new int[truth.faces()];
    double[] overlaps = new double[truth.faces()];
    long[] counted = counted(truth, subsets);
    for (int i = 0; i < count; i++) {
      int candidates = 0;
      for (int face = 0; face < truth.faces(); face++) {
        double overlap = overlap(truth.boxes(), face * 4, detections.boxes(), i * 4);
        if (overlap >= CocoThresholds.overlap(0)) {
          near[candidates] = face;
          overlaps[candidates++] = overlap;
        }
      }
      for (int bit = 0; candidates > 0 && bit < (subsets + 1) * CocoThresholds.OVERLAPS; bit++) {
        double least = CocoThresholds.overlap(bit % CocoThresholds.OVERLAPS);
        int face = best(near, overlaps, candidates, least, taken, counted, bit, 1);
        boolean hit = face >= 0;
        if (!hit) {
          face = best(near, overlaps, candidates, least, taken, counted, bit, 0);
        }
        if (face >= 0) {
          taken[face] |= 1L << bit;
          others[i] |= 1L << bit;
          hits[i] |= hit ? 1L << bit : 0;
        }
      }
    }
    return new Outcome(hits, others);
  }

  /** For each face the bits of the sets in which it counts. */
  private static long[] counted(Truth truth, int subsets) {
    long thresholds = (1L << CocoThresholds.OVERLAPS) - 1;
    long[] masks = new long[truth.faces()];
    for (int face = 0; face < masks.length; face++) {
      masks[face] = thresholds << (subsets * CocoThresholds.OVERLAPS);
      for (int subset = 0; subset < subsets; subset++) {
        if (truth.counts(face, subset)) {
          masks[face] |= thresholds << (subset * CocoThresholds.OVERLAPS);
        }
      }
    }
    return masks;
  }

  private static int best(
      int[] near,
      double[] overlaps,
      int candidates,
      double least,
      long[] taken,
      long[] counted,
      int bit,
      int wanted) {
    int best = -1;
    double highest = least;
    for (int i = 0; i < candidates; i++) {
      int face = near[i];
      boolean free = (taken[face] >> bit & 1) == 0;
      if (free && (counted[face] >> bit & 1) == wanted && overlaps[i] >= highest) {
        highest = overlaps[i];
        best = face;
      }
    }
    return best;
  }

  /** Intersection over union of continuous boxes, without the 1 of the WIDER FACE tool. */
  static double overlap(double[] a, int i, double[] b, int j) {
    double width = Math.min(b[j + 2] + b[j], a[i + 2] + a[i]) - Math.max(b[j], a[i]);
    if (width <= 0) {
      return 0;
    }
    double height =
        Math.min(b[j + 3] + b[j + 1], a[i + 3] + a[i + 1]) - Math.max(b[j + 1], a[i + 1]);
    if (height <= 0) {
      return 0;
    }
    double intersection = width * height;
    return intersection / (b[j + 2] * b[j + 3] + a[i + 2] * a[i + 3] - intersection);
  }
}
