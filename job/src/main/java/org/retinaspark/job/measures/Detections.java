package org.retinaspark.job.measures;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The detections of one image, in the order of the file or table.
 *
 * @param boxes {@code [n, 4]}: x, y, width, height in pixels
 * @param scores {@code [n]}
 * @param landmarks {@code [n, 10]}: x and y of left eye, right eye, nose tip, left and right mouth
 *     corner, NaN where absent; or empty
 */
public record Detections(double[] boxes, double[] scores, double[] landmarks) {

  /** Numbers a box. */
  public static final int BOX = 4;

  /** Numbers of the five landmarks. */
  public static final int LANDMARKS = 10;

  /** No detections. */
  public static final Detections NONE = new Detections(new double[0], new double[0], new double[0]);

  /**
   * Checks the shapes.
   *
   * @throws IllegalArgumentException if the arrays disagree
   */
  public Detections {
    boolean fits =
        boxes.length == scores.length * BOX
            && (landmarks.length == 0 || landmarks.length == scores.length * LANDMARKS);
    if (!fits) {
      throw new IllegalArgumentException(
          "%d scores go with %d box and %d landmark values"
              .formatted(scores.length, boxes.length, landmarks.length));
    }
  }

  /** How many there are. */
  public int count() {
    return scores.length;
  }

  /** Whether score and box of a detection are finite; a landmark may be absent. */
  boolean finite(int detection) {
    boolean finite = Double.isFinite(scores[detection]);
    for (int i = 0; i < BOX; i++) {
      finite &= Double.isFinite(boxes[detection * BOX + i]);
    }
    return finite;
  }

  /** By descending score, equal ones in their order; itself if it is sorted already. */
  Detections byScore() {
    boolean sorted = IntStream.range(1, scores.length).allMatch(i -> scores[i - 1] >= scores[i]);
    if (sorted) {
      return this;
    }
    Comparator<Integer> descending = (a, b) -> Double.compare(scores[b], scores[a]);
    return select(
        IntStream.range(0, scores.length)
            .boxed()
            .sorted(descending)
            .mapToInt(Integer::intValue)
            .toArray());
  }

  /** The chosen detections, in the given order. */
  Detections select(int[] order) {
    double[] newBoxes = new double[order.length * BOX];
    double[] newScores = new double[order.length];
    double[] newLandmarks = new double[landmarks.length == 0 ? 0 : order.length * LANDMARKS];
    for (int i = 0; i < order.length; i++) {
      newScores[i] = scores[order[i]];
      System.arraycopy(boxes, order[i] * BOX, newBoxes, i * BOX, BOX);
      if (landmarks.length > 0) {
        System.arraycopy(landmarks, order[i] * LANDMARKS, newLandmarks, i * LANDMARKS, LANDMARKS);
      }
    }
    return new Detections(newBoxes, newScores, newLandmarks);
  }
}
