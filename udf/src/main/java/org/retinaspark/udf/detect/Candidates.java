package org.retinaspark.udf.detect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Scored boxes with landmarks, before suppression: primitive columns, since thousands of candidates
 * an image would otherwise be thousands of objects. Coordinates are those of the image.
 */
public final class Candidates {

  private static final int INITIAL_CAPACITY = 256;

  /** The IoU from which on WIDER FACE's evaluation takes two boxes for one face. */
  private static final float SAME_FACE = 0.5f;

  private final Mirror mirror;
  private final int points;
  private int size;
  private float[] scores = new float[INITIAL_CAPACITY];
  private float[] boxes = new float[INITIAL_CAPACITY * 4];
  private float[] landmarks;
  private float doubtful = Float.POSITIVE_INFINITY;

  /** By candidate; few have any. */
  private final NavigableMap<Integer, EncodedMeshes> meshes = new TreeMap<>();

  /** Starts empty, for faces of a family with this mirror image. */
  Candidates(Mirror mirror) {
    this.mirror = mirror;
    this.points = mirror.landmarks().size();
    this.landmarks = new float[INITIAL_CAPACITY * points * 2];
  }

  /**
   * Those of several inputs together, in their order; but of those that their input doubts, only
   * what another input shows as well: on a face much larger than the largest anchors a network sees
   * faces in eyes, chins and cheeks, with high scores.
   */
  static Candidates joined(List<Candidates> inputs) {
    Candidates joined = inputs.get(0);
    for (Candidates input : inputs.subList(1, inputs.size())) {
      joined = joined.and(input);
    }
    BitSet kept = new BitSet(joined.size);
    int first = 0;
    for (Candidates input : inputs) {
      int end = first + input.size;
      for (int each = first; each < end; each++) {
        kept.set(
            each,
            joined.side(each) < input.doubtful
                || joined.isShown(each, 0, first)
                || joined.isShown(each, end, joined.size));
      }
      first = end;
    }
    return kept.cardinality() == joined.size ? joined : joined.selected(kept.stream());
  }

  /** Whether a candidate is the same face as one of a range. */
  private boolean isShown(int candidate, int first, int end) {
    return IntStream.range(first, end)
        .anyMatch(other -> intersectionOverUnion(candidate, other) >= SAME_FACE);
  }

  private Candidates and(Candidates other) {
    Candidates both = new Candidates(mirror);
    both.size = size + other.size;
    both.scores = concatenated(scores, size, other.scores, other.size);
    both.boxes = concatenated(boxes, size * 4, other.boxes, other.size * 4);
    both.landmarks =
        concatenated(landmarks, size * points * 2, other.landmarks, other.size * points * 2);
    both.meshes.putAll(meshes);
    other.meshes.forEach((candidate, mesh) -> both.meshes.put(size + candidate, mesh));
    return both;
  }

  private static float[] concatenated(float[] first, int count, float[] second, int secondCount) {
    float[] both = Arrays.copyOf(first, Math.max(INITIAL_CAPACITY, count + secondCount));
    System.arraycopy(second, 0, both, count, secondCount);
    return both;
  }

  /**
   * The best so many, in their order; of equal scores the earlier.
   *
   * @param limit at least 1
   */
  Candidates best(int limit) {
    return size <= limit ? this : selected(Arrays.stream(ranked()).limit(limit).sorted());
  }

  /**
   * Those large enough for their input, in their order; what it doubts is left to {@link #joined}.
   */
  Candidates of(Placement input) {
    FaceSizes faces = input.faces();
    float pixels = input.step();
    doubtful = faces.doubtful() * pixels;
    float smallest = faces.smallest() * pixels;
    return smallest == 0
        ? this
        : selected(IntStream.range(0, size).filter(each -> side(each) >= smallest));
  }

  /** The longer side of a candidate's box, in pixels of the image. */
  private float side(int candidate) {
    return Math.max(x2(candidate) - x1(candidate), y2(candidate) - y1(candidate));
  }

  private Candidates selected(IntStream candidates) {
    int[] chosen = candidates.toArray();
    Candidates selected = new Candidates(mirror);
    selected.doubtful = doubtful;
    selected.size = chosen.length;
    selected.scores = rows(scores, 1, chosen);
    selected.boxes = rows(boxes, 4, chosen);
    selected.landmarks = rows(landmarks, points * 2, chosen);
    for (int row = 0; row < chosen.length && !meshes.isEmpty(); row++) {
      EncodedMeshes mesh = meshes.get(chosen[row]);
      if (mesh != null) {
        selected.meshes.put(row, mesh);
      }
    }
    return selected;
  }

  private static float[] rows(float[] values, int width, int[] chosen) {
    float[] rows = new float[chosen.length * width];
    for (int row = 0; row < chosen.length; row++) {
      System.arraycopy(values, chosen[row] * width, rows, row * width, width);
    }
    return rows;
  }

  /**
   * The candidates from the best down. Equal scores keep the order of the network's anchors, so
   * that the result depends on nothing else; of several inputs the earlier goes first.
   */
  int[] ranked() {
    // Scores are positive, so their bits order as they do: one sort of longs, score then index.
    long[] keys = new long[size];
    for (int candidate = 0; candidate < size; candidate++) {
      long descending = Integer.MAX_VALUE - (long) Float.floatToIntBits(scores[candidate]);
      keys[candidate] = descending << 32 | candidate;
    }
    Arrays.sort(keys);
    return Arrays.stream(keys).mapToInt(key -> (int) key).toArray();
  }

  int size() {
    return size;
  }

  float score(int candidate) {
    return scores[candidate];
  }

  float x1(int candidate) {
    return boxes[candidate * 4];
  }

  float y1(int candidate) {
    return boxes[candidate * 4 + 1];
  }

  float x2(int candidate) {
    return boxes[candidate * 4 + 2];
  }

  float y2(int candidate) {
    return boxes[candidate * 4 + 3];
  }

  /**
   * Adds a candidate, given in the coordinates of a network input; its landmarks follow by {@link
   * #landmark}.
   *
   * @throws InvalidOutputException if a corner is not finite
   */
  public void add(Placement placement, float score, Box box) {
    float sum = box.x1() + box.y1() + box.x2() + box.y2();
    if (!Float.isFinite(sum)) {
      throw new InvalidOutputException(
          "the network gave a box that is not finite: (%s, %s, %s, %s) at score %s"
              .formatted(box.x1(), box.y1(), box.x2(), box.y2(), score));
    }
    if (size == scores.length) {
      grow();
    }
    scores[size] = score;
    boolean mirrored = placement.flip() == Flip.HORIZONTAL;
    float left = mirrored ? mirror.x(box.x2(), placement) : box.x1();
    float right = mirrored ? mirror.x(box.x1(), placement) : box.x2();
    boxes[size * 4] = left * placement.stepX();
    boxes[size * 4 + 1] = box.y1() * placement.stepY();
    boxes[size * 4 + 2] = right * placement.stepX();
    boxes[size * 4 + 3] = box.y2() * placement.stepY();
    size++;
  }

  /** Sets a landmark of the candidate that was added last, in network coordinates. */
  public void landmark(Placement placement, int point, Point place) {
    boolean mirrored = placement.flip() == Flip.HORIZONTAL;
    int index = mirrored ? mirror.landmarks().get(point) : point;
    float x = mirrored ? mirror.x(place.x(), placement) : place.x();
    int at = ((size - 1) * points + index) * 2;
    landmarks[at] = x * placement.stepX();
    landmarks[at + 1] = place.y() * placement.stepY();
  }

  /** Sets the meshes of the candidate that was added last. */
  public void meshes(EncodedMeshes encoded) {
    meshes.put(size - 1, encoded);
  }

  /** The meshes of a candidate; null if it has none. */
  @Nullable EncodedMeshes meshes(int candidate) {
    return meshes.get(candidate);
  }

  /** The candidates that have meshes, in their order. */
  Collection<Integer> withMeshes() {
    return meshes.keySet();
  }

  /** The area that two boxes share by the area that they cover, with +1 on every side. */
  float intersectionOverUnion(int candidate, int other) {
    float x1 = x1(candidate);
    float y1 = y1(candidate);
    float x2 = x2(candidate);
    float y2 = y2(candidate);
    float otherX1 = x1(other);
    float otherY1 = y1(other);
    float otherX2 = x2(other);
    float otherY2 = y2(other);
    float width = Math.min(x2, otherX2) - Math.max(x1, otherX1) + 1;
    float height = Math.min(y2, otherY2) - Math.max(y1, otherY1) + 1;
    if (width <= 0 || height <= 0) {
      return 0;
    }
    float both = width * height;
    float area = (x2 - x1 + 1) * (y2 - y1 + 1);
    float otherArea = (otherX2 - otherX1 + 1) * (otherY2 - otherY1 + 1);
    return both / (area + otherArea - both);
  }

  /** Landmarks of a candidate. */
  int points() {
    return points;
  }

  /** Where a landmark of a candidate is. */
  Point landmark(int candidate, int point) {
    int at = (candidate * points + point) * 2;
    return new Point(landmarks[at], landmarks[at + 1]);
  }

  /** Where a candidate is. */
  Box box(int candidate) {
    return new Box(x1(candidate), y1(candidate), x2(candidate), y2(candidate));
  }

  /** A candidate as a face, with its own meshes. */
  Face face(int candidate) {
    EncodedMeshes own = meshes.get(candidate);
    return face(candidate, own == null ? List.of() : own.decode());
  }

  /** A candidate as a face with these meshes. */
  Face face(int candidate, List<FaceMesh> decoded) {
    List<Point> places = new ArrayList<>(points);
    for (int point = 0; point < points; point++) {
      places.add(landmark(candidate, point));
    }
    return new Face(scores[candidate], box(candidate), places, decoded);
  }

  private void grow() {
    int capacity = scores.length * 2;
    scores = Arrays.copyOf(scores, capacity);
    boxes = Arrays.copyOf(boxes, capacity * 4);
    landmarks = Arrays.copyOf(landmarks, capacity * points * 2);
  }
}
