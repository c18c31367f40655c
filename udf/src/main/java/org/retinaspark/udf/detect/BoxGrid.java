package org.retinaspark.udf.detect;

import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * The boxes that a merge has kept so far, filed under the cells of a grid that they touch, so that
 * a candidate is compared with its neighbours only: linear in the candidates where faces are spread
 * over an image, and never more comparisons than with all boxes but for those that share several
 * cells with it.
 */
final class BoxGrid {

  /** Cells along a side: about 32 pixels each in a photo of 1024. */
  private static final int SIDE = 32;

  /** No box. */
  static final int NONE = -1;

  private static final int INITIAL_CAPACITY = 1024;

  private final Candidates candidates;
  private final float threshold;
  private final Axis across;
  private final Axis down;

  /** For each cell its last entry; entries of a cell are chained. */
  private final int[] last = new int[SIDE * SIDE];

  private int[] previous = new int[INITIAL_CAPACITY];
  private int[] filed = new int[INITIAL_CAPACITY];
  private int entries;

  /** The kept boxes, as candidates, in the order of their coming. */
  private int[] kept = new int[INITIAL_CAPACITY];

  private int size;

  BoxGrid(Candidates candidates, float threshold) {
    this.candidates = candidates;
    this.threshold = threshold;
    float left = Float.POSITIVE_INFINITY;
    float top = Float.POSITIVE_INFINITY;
    float right = Float.NEGATIVE_INFINITY;
    float bottom = Float.NEGATIVE_INFINITY;
    for (int candidate = 0; candidate < candidates.size(); candidate++) {
      left = Math.min(left, candidates.x1(candidate));
      top = Math.min(top, candidates.y1(candidate));
      right = Math.max(right, candidates.x2(candidate));
      bottom = Math.max(bottom, candidates.y2(candidate));
    }
    this.across = new Axis(left, SIDE / (right - left));
    this.down = new Axis(top, SIDE / (bottom - top));
    Arrays.fill(last, NONE);
  }

  /** Keeps a box. */
  void add(int candidate) {
    if (size == kept.length) {
      kept = Arrays.copyOf(kept, size * 2);
    }
    kept[size] = candidate;
    // By the +1 of its sides, a box may end up to a pixel before it begins.
    int left = across.cell(Math.min(candidates.x1(candidate), candidates.x2(candidate)));
    int right = across.cell(Math.max(candidates.x1(candidate), candidates.x2(candidate)));
    int top = down.cell(Math.min(candidates.y1(candidate), candidates.y2(candidate)));
    int bottom = down.cell(Math.max(candidates.y1(candidate), candidates.y2(candidate)));
    for (int row = top; row <= bottom; row++) {
      for (int column = left; column <= right; column++) {
        if (entries == filed.length) {
          filed = Arrays.copyOf(filed, entries * 2);
          previous = Arrays.copyOf(previous, entries * 2);
        }
        filed[entries] = size;
        previous[entries] = last[row * SIDE + column];
        last[row * SIDE + column] = entries++;
      }
    }
    size++;
  }

  /** How many boxes are kept. */
  int size() {
    return size;
  }

  /** The candidate that was kept as the so manieth, from 0. */
  int candidate(int box) {
    return kept[box];
  }

  /** Whether the IoU of a candidate with any of the boxes exceeds the threshold. */
  boolean overlaps(int candidate) {
    return !near(candidate, box -> !exceeds(candidate, box));
  }

  /**
   * The first that was kept of the boxes whose IoU with a candidate exceeds the threshold; {@link
   * #NONE} if there is none.
   */
  int first(int candidate) {
    int[] first = {NONE};
    near(
        candidate,
        box -> {
          if ((first[0] == NONE || box < first[0]) && exceeds(candidate, box)) {
            first[0] = box;
          }
          return true;
        });
    return first[0];
  }

  /** The boxes that a candidate may intersect, of those from the given one on, in their order. */
  int[] near(int candidate, int from) {
    IntStream.Builder near = IntStream.builder();
    near(
        candidate,
        box -> {
          if (box >= from) {
            near.add(box);
          }
          return true;
        });
    return near.build().sorted().distinct().toArray();
  }

  private boolean exceeds(int candidate, int box) {
    return candidates.intersectionOverUnion(candidate, kept[box]) > threshold;
  }

  /**
   * Visits the boxes that a candidate may intersect, some more than once, until the visitor has
   * enough.
   *
   * @return whether it has not
   */
  private boolean near(int candidate, IntPredicate visitor) {
    // Boxes less than a pixel apart intersect too, by the +1 of their sides.
    int right = across.cell(candidates.x2(candidate) + 1);
    int bottom = down.cell(candidates.y2(candidate) + 1);
    for (int row = down.cell(candidates.y1(candidate) - 1); row <= bottom; row++) {
      for (int column = across.cell(candidates.x1(candidate) - 1); column <= right; column++) {
        for (int entry = last[row * SIDE + column]; entry != NONE; entry = previous[entry]) {
          if (!visitor.test(filed[entry])) {
            return false;
          }
        }
      }
    }
    return true;
  }

  /**
   * Cells along one direction.
   *
   * @param origin where the first begins
   * @param perPixel cells a pixel
   */
  private record Axis(float origin, float perPixel) {

    /** The cell of a coordinate; those outside belong to the first and the last. */
    int cell(float coordinate) {
      return Math.max(0, Math.min((int) ((coordinate - origin) * perPixel), SIDE - 1));
    }
  }
}
