package org.retinaspark.job.eval;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The images with the most errors of a subset at a score: missed faces and false positives. Update,
 * merge, result; holds no more than {@value #KEPT} images.
 */
public final class WorstImages implements Serializable {

  private static final long serialVersionUID = 1L;

  private static final int KEPT = 12;

  private static final Comparator<Worst> ORDER =
      (one, other) -> {
        int errors = Integer.compare(other.errors(), one.errors());
        return errors == 0 ? one.image().compareTo(other.image()) : errors;
      };

  /**
   * An image with its errors.
   *
   * @param image the key
   * @param misses faces of the subset that no detection found
   * @param falsePositives detections that found no face, or one already found
   * @param missed {@code [misses, 4]}: x, y, width, height
   * @param wrong {@code [falsePositives, 4]}
   * @param right {@code [n, 4]}: the detections that found a face
   */
  public record Worst(
      String image, int misses, int falsePositives, double[] missed, double[] wrong, double[] right)
      implements Serializable {

    /** Misses and false positives. */
    public int errors() {
      return misses + falsePositives;
    }
  }

  private final int subset;
  private final double score;
  private final BoxArithmetic arithmetic;
  private final ArrayList<Worst> kept = new ArrayList<>();

  /**
   * Of no images.
   *
   * @param subset index of the subset whose faces count
   * @param score detections below it are left out
   */
  public WorstImages(int subset, double score, BoxArithmetic arithmetic) {
    this.subset = subset;
    this.score = score;
    this.arithmetic = arithmetic;
  }

  /** Looks at one image. */
  public void update(String image, Truth truth, Detections found) {
    Detections detections = PrecisionRecallCounts.byScore(found);
    int[] matches = Matching.match(detections, truth, arithmetic);
    boolean[] hit = new boolean[truth.faces()];
    List<double[]> wrong = new ArrayList<>();
    List<double[]> right = new ArrayList<>();
    for (int i = 0; i < matches.length && detections.scores()[i] >= score; i++) {
      int face = matches[i];
      if (face == Matching.NONE || (truth.counts(face, subset) && hit[face])) {
        wrong.add(box(detections.boxes(), i));
      } else if (truth.counts(face, subset)) {
        hit[face] = true;
        right.add(box(detections.boxes(), i));
      }
    }
    List<double[]> missed = new ArrayList<>();
    for (int face = 0; face < truth.faces(); face++) {
      if (truth.counts(face, subset) && !hit[face]) {
        missed.add(box(truth.boxes(), face));
      }
    }
    if (missed.size() + wrong.size() > 0) {
      kept.add(
          new Worst(image, missed.size(), wrong.size(), flat(missed), flat(wrong), flat(right)));
      trim();
    }
  }

  /** Takes in the worst of other images. */
  public void merge(WorstImages other) {
    kept.addAll(other.kept);
    trim();
  }

  private void trim() {
    kept.sort(ORDER);
    while (kept.size() > KEPT) {
      kept.remove(kept.size() - 1);
    }
  }

  /** The worst images, worst first; of equals the first by name. */
  public List<Worst> result() {
    return List.copyOf(kept);
  }

  private static double[] box(double[] boxes, int index) {
    return java.util.Arrays.copyOfRange(
        boxes, index * Detections.BOX, (index + 1) * Detections.BOX);
  }

  private static double[] flat(List<double[]> boxes) {
    return boxes.stream().flatMapToDouble(java.util.Arrays::stream).toArray();
  }
}
