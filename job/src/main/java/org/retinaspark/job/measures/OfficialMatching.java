package org.retinaspark.job.measures;

import java.util.Arrays;

/**
 * For each detection the face that it overlaps most, by {@code boxoverlap.m} and {@code
 * image_evaluation.m} of the official tool: intersection over union with 1 added to every width and
 * height, and at 0.5 or more the detection is that face's, whoever else claims it. Among equal
 * overlaps the first face wins. The variants differ in the numbers that overlaps are computed in.
 */
public enum OfficialMatching {
  /** IEEE double precision. */
  DOUBLE,
  /** MATLAB's {@code int32}: each operation rounds half away from zero and saturates. */
  INT32;

  /** Of a detection that overlaps no face enough. */
  static final int NONE = -1;

  private static final double MINIMUM_OVERLAP = 0.5;

  int[] match(Detections detections, Truth truth) {
    int[] faces = new int[detections.count()];
    Arrays.fill(faces, NONE);
    for (int i = 0; i < faces.length; i++) {
      double best = Double.NEGATIVE_INFINITY;
      int face = NONE;
      for (int j = 0; j < truth.faces(); j++) {
        double overlap =
            this == INT32
                ? integerOverlap(truth.boxes(), j * 4, detections.boxes(), i * 4)
                : overlap(truth.boxes(), j * 4, detections.boxes(), i * 4);
        if (overlap > best) {
          best = overlap;
          face = j;
        }
      }
      faces[i] = best >= MINIMUM_OVERLAP ? face : NONE;
    }
    return faces;
  }

  static double overlap(double[] a, int i, double[] b, int j) {
    double ax2 = a[i] + a[i + 2];
    double bx2 = b[j] + b[j + 2];
    double width = Math.min(ax2, bx2) - Math.max(a[i], b[j]) + 1;
    if (!(width > 0)) {
      return 0;
    }
    double ay2 = a[i + 1] + a[i + 3];
    double by2 = b[j + 1] + b[j + 3];
    double height = Math.min(ay2, by2) - Math.max(a[i + 1], b[j + 1]) + 1;
    if (!(height > 0)) {
      return 0;
    }
    double intersection = width * height;
    double aArea = (ax2 - a[i] + 1) * (ay2 - a[i + 1] + 1);
    double bArea = (bx2 - b[j] + 1) * (by2 - b[j + 1] + 1);
    return intersection / (aArea + bArea - intersection);
  }

  /**
   * The same where the face {@code a} is {@code int32} and the detection {@code b} is double. The
   * detection's own area stays double until it is added to the face's.
   */
  private static double integerOverlap(double[] a, int i, double[] b, int j) {
    int ax1 = int32(a[i]);
    int ay1 = int32(a[i + 1]);
    int ax2 = int32((double) ax1 + int32(a[i + 2]));
    int ay2 = int32((double) ay1 + int32(a[i + 3]));
    double bx2 = b[j] + b[j + 2];
    double by2 = b[j + 1] + b[j + 3];
    int width = side(Math.max(ax1, int32(b[j])), Math.min(ax2, int32(bx2)));
    int height = side(Math.max(ay1, int32(b[j + 1])), Math.min(ay2, int32(by2)));
    if (width <= 0 || height <= 0) {
      return 0;
    }
    int intersection = int32((double) width * height);
    int aArea = int32((double) side(ax1, ax2) * side(ay1, ay2));
    double bArea = (bx2 - b[j] + 1) * (by2 - b[j + 1] + 1);
    int union = int32((double) int32(aArea + bArea) - intersection);
    return int32((double) intersection / union);
  }

  private static int side(int from, int to) {
    return int32((double) int32((double) to - from) + 1);
  }

  /** MATLAB's conversion: half away from zero, saturating, NaN to 0. */
  private static int int32(double value) {
    return (int) (Math.signum(value) * Math.floor(Math.abs(value) + 0.5));
  }
}
