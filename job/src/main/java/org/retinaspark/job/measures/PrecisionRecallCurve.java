package org.retinaspark.job.measures;

import java.io.Serializable;

/**
 * Precision and recall of some faces at the thousand thresholds of the official tool.
 *
 * @param subset such as {@code hard}
 * @param slice the part of the subset's faces that it is about
 * @param proposals {@code [1000]}: detections at or above each threshold that aren't ignored
 * @param hits {@code [1000]}: faces found at each threshold
 * @param faces faces of the subset, found or not
 * @param images images that were evaluated, with faces of the subset or not
 */
public record PrecisionRecallCurve(
    String subset, FaceSlice slice, long[] proposals, long[] hits, long faces, long images)
    implements Serializable {

  /** Hits over proposals at a threshold; 0 where there are no proposals. */
  public double precision(int index) {
    return proposals[index] == 0 ? 0 : (double) hits[index] / proposals[index];
  }

  /** Hits over faces at a threshold; NaN where there are no faces. */
  public double recall(int index) {
    return faces == 0 ? Double.NaN : (double) hits[index] / faces;
  }

  /**
   * The all-point average precision of PASCAL VOC 2010 ({@code VOCap.m}): the area under the
   * monotone envelope of the curve. From 0 to 1; 0 without detections, NaN without faces.
   */
  public double averagePrecision() {
    if (faces == 0) {
      return Double.NaN;
    }
    double[] envelope = new double[hits.length];
    double highest = 0;
    for (int i = hits.length - 1; i >= 0; i--) {
      highest = Math.max(highest, precision(i));
      envelope[i] = highest;
    }
    double area = 0;
    double before = 0;
    for (int i = 0; i < hits.length; i++) {
      area += (recall(i) - before) * envelope[i];
      before = recall(i);
    }
    return area;
  }

  /** The harmonic mean of precision and recall at a threshold. */
  public double f1(int index) {
    double sum = precision(index) + recall(index);
    return sum > 0 ? 2 * precision(index) * recall(index) / sum : 0;
  }

  /** The index of the threshold with the best F1; the highest threshold among equals. */
  public int operatingPoint() {
    int best = 0;
    for (int i = 1; i < hits.length; i++) {
      if (f1(i) > f1(best)) {
        best = i;
      }
    }
    return best;
  }

  /**
   * The highest recall at a threshold with no more than so many false positives an image: proposals
   * that hit no face or one that is already hit.
   */
  public double recallAtFalsePositives(double perImage) {
    double best = 0;
    for (int i = 0; i < hits.length && proposals[i] - hits[i] <= perImage * images; i++) {
      best = recall(i);
    }
    return faces == 0 ? Double.NaN : best;
  }
}
