package org.retinaspark.udf.train.matching;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Which anchor each face keeps for itself: in the order of their IoU, a face and an anchor that are
 * both free are given to each other, so that of two faces that want one anchor the other takes its
 * next best. Beyond its best 32 a face looks at none, so that labels of a thousand faces in one
 * place don't fill the memory.
 */
final class Claims {

  private static final int WISHES = 32;

  /** Of each face its best anchors, best first; of equal ones the first. */
  private final int[] anchors;

  private final float[] ratios;
  private final int[] counts;

  /** Starts without a pair. */
  Claims(int faces) {
    anchors = new int[Math.multiplyExact(faces, WISHES)];
    ratios = new float[anchors.length];
    counts = new int[faces];
  }

  /** Adds a pair; anchors in rising order. */
  void add(int face, int anchor, float ratio) {
    int first = face * WISHES;
    int at = first + counts[face];
    if (counts[face] < WISHES) {
      counts[face]++;
    } else if (ratio > ratios[at - 1]) {
      at--;
    } else {
      return;
    }
    while (at > first && ratios[at - 1] < ratio) {
      ratios[at] = ratios[at - 1];
      anchors[at] = anchors[at - 1];
      at--;
    }
    ratios[at] = ratio;
    anchors[at] = anchor;
  }

  /**
   * The pairs that were given to each other. Of equal ones the first face comes first, and then the
   * first anchor.
   *
   * @param anchorCount how many anchors there are
   * @param granted gets each of them
   */
  void settle(int anchorCount, Granted granted) {
    boolean[] served = new boolean[counts.length];
    boolean[] taken = new boolean[anchorCount];
    IntStream.range(0, anchors.length)
        .filter(pair -> pair % WISHES < counts[pair / WISHES])
        .boxed()
        .sorted(Comparator.comparingDouble(pair -> -ratios[pair]))
        .filter(pair -> !served[pair / WISHES] && !taken[anchors[pair]])
        .forEachOrdered(
            pair -> {
              served[pair / WISHES] = true;
              taken[anchors[pair]] = true;
              granted.pair(pair / WISHES, anchors[pair], ratios[pair]);
            });
  }

  /** What is done with a face and its anchor. */
  interface Granted {

    /** Takes a pair. */
    void pair(int face, int anchor, float ratio);
  }
}
