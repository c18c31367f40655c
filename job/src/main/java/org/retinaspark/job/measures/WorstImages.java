package org.retinaspark.job.measures;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The images with the most errors of a subset at its operating point: missed faces and false
 * positives. Holds no more than {@value #KEPT} images.
 */
public final class WorstImages
    implements Measure<PairedImage, List<WorstImages.Worst>, WorstImages> {

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

  private final OperatingPoint point;
  private final OfficialMatching matching;
  private final ArrayList<Worst> kept = new ArrayList<>();

  /** Of no images. */
  public WorstImages(OperatingPoint point, OfficialMatching matching) {
    this.point = point;
    this.matching = matching;
  }

  @Override
  public WorstImages empty() {
    return new WorstImages(point, matching);
  }

  @Override
  public void update(PairedImage image) {
    Truth truth = image.truth();
    Detections detections = image.ranked();
    int[] matches = image.matches(matching);
    int subset = point.subset();
    boolean[] hit = new boolean[truth.faces()];
    List<double[]> wrong = new ArrayList<>();
    List<double[]> right = new ArrayList<>();
    for (int i = 0; i < matches.length && detections.scores()[i] >= point.score(); i++) {
      int face = matches[i];
      if (face == OfficialMatching.NONE || (truth.counts(face, subset) && hit[face])) {
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
          new Worst(
              image.image(), missed.size(), wrong.size(), flat(missed), flat(wrong), flat(right)));
      trim();
    }
  }

  @Override
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
  @Override
  public List<Worst> result() {
    return List.copyOf(kept);
  }

  private static double[] box(double[] boxes, int index) {
    return Arrays.copyOfRange(boxes, index * Detections.BOX, (index + 1) * Detections.BOX);
  }

  private static double[] flat(List<double[]> boxes) {
    return boxes.stream().flatMapToDouble(Arrays::stream).toArray();
  }
}
