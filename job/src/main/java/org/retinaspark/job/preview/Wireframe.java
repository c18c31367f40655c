package org.retinaspark.job.preview;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.retinaspark.udf.crop.CanonicalFace;

/**
 * The edges of a mesh as few lines that draw each of them once, so that the path of a face is
 * short; single vertices of a topology whose edges nobody knows, of many every second, third or so
 * on.
 */
final class Wireframe {

  private static final int AXES = 3;

  /** Vertices that are drawn alone, about, so that a page stays small whatever a mesh has. */
  private static final int MOST_DOTS = 1000;

  private final List<int[]> lines;

  private Wireframe(List<int[]> lines) {
    this.lines = lines;
  }

  /** That of a topology by its name. */
  static Wireframe of(String topology) {
    int[] triangles =
        CanonicalFace.of(topology).map(CanonicalFace::triangles).orElseGet(() -> new int[0]);
    NavigableMap<Integer, NavigableSet<Integer>> neighbours = new TreeMap<>();
    for (int at = 0; at < triangles.length; at++) {
      int next = at % AXES == AXES - 1 ? at + 1 - AXES : at + 1;
      join(neighbours, triangles[at], triangles[next]);
      join(neighbours, triangles[next], triangles[at]);
    }
    List<int[]> lines = new ArrayList<>();
    while (!neighbours.isEmpty()) {
      lines.add(line(neighbours));
    }
    return new Wireframe(lines);
  }

  private static void join(
      NavigableMap<Integer, NavigableSet<Integer>> neighbours, int from, int to) {
    neighbours.computeIfAbsent(from, vertex -> new TreeSet<>()).add(to);
  }

  /** Takes edges off, one after the other, as far as they lead. */
  private static int[] line(NavigableMap<Integer, NavigableSet<Integer>> neighbours) {
    // A line ends where an odd number of edges is left, so that is where one should begin.
    int at =
        neighbours.entrySet().stream()
            .filter(vertex -> vertex.getValue().size() % 2 == 1)
            .findFirst()
            .orElseGet(neighbours::firstEntry)
            .getKey();
    List<Integer> line = new ArrayList<>(List.of(at));
    for (NavigableSet<Integer> open = neighbours.get(at); open != null; open = neighbours.get(at)) {
      int next = open.first();
      leave(neighbours, at, next);
      leave(neighbours, next, at);
      line.add(next);
      at = next;
    }
    return line.stream().mapToInt(Integer::intValue).toArray();
  }

  private static void leave(
      NavigableMap<Integer, NavigableSet<Integer>> neighbours, int from, int to) {
    NavigableSet<Integer> open = neighbours.get(from);
    if (open != null) {
      open.remove(to);
      if (open.isEmpty()) {
        neighbours.remove(from);
      }
    }
  }

  /**
   * The path of a face.
   *
   * @param vertices {@code [n, 3]}
   */
  String path(float[] vertices) {
    SvgPath path = new SvgPath();
    if (lines.isEmpty()) {
      path.dots(vertices, AXES * (1 + vertices.length / AXES / MOST_DOTS));
      return path.toString();
    }
    for (int[] line : lines) {
      path.lift();
      for (int vertex : line) {
        if (vertex * AXES + 1 < vertices.length) {
          path.to(vertices[vertex * AXES], vertices[vertex * AXES + 1]);
        }
      }
    }
    return path.toString();
  }
}
