package org.retinaspark.udf.detect;

import java.util.Arrays;

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

  /** For each cell its first and its last entry; entries of a cell are chained as they came. */
  private final int[] head = new int[SIDE * SIDE];

  private final int[] tail = new int[SIDE * SIDE];

  private int[] next = new int[INITIAL_CAPACITY];
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
    Arrays.fill(head, NONE);
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
        file(row * SIDE + column);
      }
    }
    size++;
  }

  private void file(int cell) {
    if (entries == filed.length) {
      filed = Arrays.copyOf(filed, entries * 2);
      next = Arrays.copyOf(next, entries * 2);
    }
    if (head[cell] == NONE) {
      head[cell] = entries;
    } else {
      next[tail[cell]] = entries;
    }
    filed[entries] = size;
    next[entries] = NONE;
    tail[cell] = entries++;
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
    return first(candidate) != NONE;
  }

  /**
   * The first that was kept of the boxes whose IoU with a candidate exceeds the threshold; {@link
   * #NONE} if there is none.
   */
  int first(int candidate) {
    // Boxes less than a pixel apart intersect too, by the +1 of their sides.
    int right = across.cell(candidates.x2(candidate) + 1);
    int bottom = down.cell(candidates.y2(candidate) + 1);
    int left = across.cell(candidates.x1(candidate) - 1);
    int first = size;
    for (int row = down.cell(candidates.y1(candidate) - 1); row <= bottom; row++) {
      for (int column = left; column <= right; column++) {
        first = firstOf(row * SIDE + column, candidate, first);
      }
    }
    return first == size ? NONE : first;
  }

  /** The first of a cell's boxes, or the given one if that came before. */
  private int firstOf(int cell, int candidate, int before) {
    for (int entry = head[cell]; entry != NONE && filed[entry] < before; entry = next[entry]) {
      if (candidates.intersectionOverUnion(candidate, kept[filed[entry]]) > threshold) {
        return filed[entry];
      }
    }
    return before;
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
