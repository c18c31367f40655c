package org.retinaspark.udf.crop;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which triangle of MediaPipe's mesh is of which part. A part is what a closed way along edges of
 * the mesh encloses; the ways of eyes, brows and lips are those that MediaPipe publishes as {@code
 * FACEMESH_RIGHT_EYE}, {@code FACEMESH_RIGHT_EYEBROW} and {@code FACEMESH_LIPS} (its sides are the
 * subject's). They are given here for the left of the image, against the clock as an upright face
 * is seen, as the triangles go; the right is the mirror image. The mesh itself ends at {@code
 * FACEMESH_FACE_OVAL}, so that skin is every triangle of no other part.
 */
final class FaceRegions {

  /** All parts; a region is a place in this list. */
  static final List<String> NAMES =
      List.of(
          "skin",
          "left_eye",
          "right_eye",
          "left_brow",
          "right_brow",
          "nose",
          "upper_lip",
          "lower_lip",
          "inner_mouth");

  private static final List<Integer> LEFT_EYE =
      List.of(33, 7, 163, 144, 145, 153, 154, 155, 133, 173, 157, 158, 159, 160, 161, 246);

  // The lower row of the published lines, back by the upper one: the brow lies between.
  private static final List<Integer> LEFT_BROW = List.of(70, 46, 53, 52, 65, 55, 107, 66, 105, 63);

  // Of the nose MediaPipe publishes lines, no outline: this choice goes from the bridge's end (168)
  // down where the side meets the cheek, round the wing, and along the published lower row.
  private static final List<Integer> NOSE_LEFT_HALF =
      List.of(168, 122, 188, 174, 217, 126, 209, 129, 98, 97, 2);

  // From corner to corner of the mouth between the published outer and inner line.
  private static final List<Integer> UPPER_LIP =
      List.of(
          61, 76, 62, 78, 191, 80, 81, 82, 13, 312, 311, 310, 415, 308, 292, 306, 291, 409, 270,
          269, 267, 0, 37, 39, 40, 185);

  private static final List<Integer> LOWER_LIP =
      List.of(
          61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291, 306, 292, 308, 324, 318, 402, 317, 14,
          87, 178, 88, 95, 78, 62, 76);

  private static final List<Integer> INNER_MOUTH =
      List.of(
          78, 95, 88, 178, 87, 14, 317, 402, 318, 324, 308, 415, 310, 311, 312, 13, 82, 81, 80,
          191);

  private final int[] triangles;
  private final Map<Edge, Integer> triangleOf = new HashMap<>();
  private final byte[] regions;

  /** An edge as its one triangle goes along it. */
  private record Edge(int from, int to) {

    Edge back() {
      return new Edge(to, from);
    }
  }

  private FaceRegions(int[] triangles) {
    this.triangles = triangles;
    this.regions = new byte[triangles.length / 3];
    for (int triangle = 0; triangle < regions.length; triangle++) {
      for (Edge edge : edges(triangle)) {
        triangleOf.put(edge, triangle);
      }
    }
  }

  /**
   * The region of each triangle.
   *
   * @param triangles {@code [n, 3]}: vertices, against the clock as an upright face is seen
   * @param mirror for each vertex the one that it is of the mirrored face
   * @throws IllegalArgumentException if a way doesn't go along edges of the triangles
   */
  static byte[] of(int[] triangles, List<Integer> mirror) {
    FaceRegions face = new FaceRegions(triangles);
    face.fill("left_eye", LEFT_EYE);
    face.fill("right_eye", mirrored(LEFT_EYE, mirror));
    face.fill("left_brow", LEFT_BROW);
    face.fill("right_brow", mirrored(LEFT_BROW, mirror));
    face.fill("nose", bothHalves(NOSE_LEFT_HALF, mirror));
    face.fill("upper_lip", UPPER_LIP);
    face.fill("lower_lip", LOWER_LIP);
    face.fill("inner_mouth", INNER_MOUTH);
    return face.regions;
  }

  private static List<Integer> mirrored(List<Integer> way, List<Integer> mirror) {
    List<Integer> other = new ArrayList<>(way.stream().map(mirror::get).toList());
    Collections.reverse(other);
    return other;
  }

  /** A way down one side and up the other; its ends lie on the middle line. */
  private static List<Integer> bothHalves(List<Integer> half, List<Integer> mirror) {
    List<Integer> whole = new ArrayList<>(half);
    List<Integer> other = mirrored(half, mirror);
    whole.addAll(other.subList(1, other.size() - 1));
    return whole;
  }

  /** Gives a region all triangles that a way goes round. */
  private void fill(String name, List<Integer> way) {
    Set<Edge> border = new HashSet<>();
    Deque<Integer> reached = new ArrayDeque<>();
    for (int step = 0; step < way.size(); step++) {
      Edge edge = new Edge(way.get(step), way.get((step + 1) % way.size()));
      Integer inside = triangleOf.get(edge);
      if (inside == null) {
        throw new IllegalArgumentException("the mesh has no " + edge + ", where " + name + " ends");
      }
      border.add(edge);
      reached.add(inside);
    }
    byte region = (byte) NAMES.indexOf(name);
    while (!reached.isEmpty()) {
      int triangle = reached.remove();
      if (regions[triangle] == region) {
        continue;
      }
      regions[triangle] = region;
      for (Edge edge : edges(triangle)) {
        Integer beyond = triangleOf.get(edge.back());
        if (beyond != null && !border.contains(edge)) {
          reached.add(beyond);
        }
      }
    }
  }

  private List<Edge> edges(int triangle) {
    int[] corners = Arrays.copyOfRange(triangles, triangle * 3, triangle * 3 + 3);
    return List.of(
        new Edge(corners[0], corners[1]),
        new Edge(corners[1], corners[2]),
        new Edge(corners[2], corners[0]));
  }
}
