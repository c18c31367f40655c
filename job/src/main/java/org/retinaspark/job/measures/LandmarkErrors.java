package org.retinaspark.job.measures;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How far predicted landmarks lie from annotated ones: the normalised mean error (NME), the mean
 * distance of the five points over a size of the face. A face counts if it has landmarks and a
 * detection found it; the best-scored detection that found it is measured.
 *
 * <p>Sums are kept in whole billionths, so that the order of merging changes nothing.
 */
public final class LandmarkErrors
    implements Measure<PairedImage, List<LandmarkMetrics>, LandmarkErrors> {

  private static final long serialVersionUID = 1L;

  /** What an error is divided by. */
  public enum Norm {
    /** Square root of the area of the annotated box, as on AFLW. */
    BOX,
    /** Distance between the annotated eyes, as on 300-W. */
    INTER_OCULAR;

    /** The norm's name in reports. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Steps of the cumulative error distribution, of a thousandth each; then one for what is more.
   */
  static final int STEPS = 200;

  static final double STEP = 0.001;
  private static final double UNIT = 1e-9;

  /** Errors that a sum of 63 bits can hold for any number of faces; larger ones count as this. */
  private static final double LARGEST = 10;

  private final CountTable labelled = new CountTable(1, 1);
  private final CountTable sums = new CountTable(Norm.values().length, 1);
  private final CountTable histograms = new CountTable(Norm.values().length, STEPS + 1);

  @Override
  public LandmarkErrors empty() {
    return new LandmarkErrors();
  }

  @Override
  public void update(PairedImage image) {
    Truth truth = image.truth();
    if (truth.landmarks().length == 0) {
      return;
    }
    for (int face = 0; face < truth.faces(); face++) {
      labelled.add(0, 0, has(truth.landmarks(), face) ? 1 : 0);
    }
    Detections detections = image.ranked();
    if (detections.landmarks().length == 0) {
      return;
    }
    int[] matches = image.matches(OfficialMatching.DOUBLE);
    boolean[] seen = new boolean[truth.faces()];
    for (int i = 0; i < matches.length; i++) {
      int face = matches[i];
      if (face != OfficialMatching.NONE && !seen[face]) {
        seen[face] = true;
        if (has(truth.landmarks(), face) && has(detections.landmarks(), i)) {
          measure(truth, face, detections, i);
        }
      }
    }
  }

  private void measure(Truth truth, int face, Detections detections, int detection) {
    int at = face * Detections.LANDMARKS;
    int by = detection * Detections.LANDMARKS;
    double sum = 0;
    for (int i = 0; i < Detections.LANDMARKS; i += 2) {
      sum +=
          Math.hypot(
              detections.landmarks()[by + i] - truth.landmarks()[at + i],
              detections.landmarks()[by + i + 1] - truth.landmarks()[at + i + 1]);
    }
    double mean = sum / (Detections.LANDMARKS / 2);
    double[] points = truth.landmarks();
    double eyes = Math.hypot(points[at + 2] - points[at], points[at + 3] - points[at + 1]);
    int box = face * Detections.BOX;
    add(0, mean / Math.sqrt(truth.boxes()[box + 2] * truth.boxes()[box + 3]));
    add(1, mean / eyes);
  }

  /** A face of no size has no normalised error and isn't counted. */
  private void add(int norm, double error) {
    if (Double.isFinite(error)) {
      sums.add(norm, 0, Math.round(Math.min(error, LARGEST) / UNIT));
      histograms.add(norm, (int) Math.min(STEPS, Math.ceil(error / STEP) - (error > 0 ? 1 : 0)), 1);
    }
  }

  private static boolean has(double[] landmarks, int index) {
    for (int i = 0; i < Detections.LANDMARKS; i++) {
      if (!Double.isFinite(landmarks[index * Detections.LANDMARKS + i])) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void merge(LandmarkErrors other) {
    labelled.merge(other.labelled);
    sums.merge(other.sums);
    histograms.merge(other.histograms);
  }

  /** The metrics by both norms; empty if the ground truth has no landmarks. */
  @Override
  public List<LandmarkMetrics> result() {
    List<LandmarkMetrics> metrics = new ArrayList<>();
    if (labelled.at(0, 0) == 0) {
      return metrics;
    }
    for (Norm norm : Norm.values()) {
      int row = norm == Norm.BOX ? 0 : 1;
      long[] histogram = histograms.row(row);
      double[] shares = new double[STEPS];
      long measured = 0;
      for (long count : histogram) {
        measured += count;
      }
      long below = 0;
      for (int i = 0; i < STEPS; i++) {
        below += histogram[i];
        shares[i] = measured == 0 ? 0 : (double) below / measured;
      }
      double mean = measured == 0 ? Double.NaN : sums.at(row, 0) * UNIT / measured;
      metrics.add(new LandmarkMetrics(norm, labelled.at(0, 0), measured, mean, shares));
    }
    return metrics;
  }
}
