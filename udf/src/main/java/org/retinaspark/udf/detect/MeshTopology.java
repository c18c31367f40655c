package org.retinaspark.udf.detect;

import java.io.Serializable;
import java.util.List;

/**
 * A mesh that a model predicts of each face.
 *
 * @param name what it is called in model metadata and in the table, which says what its vertices
 *     are and how they connect
 * @param vertices how many it has
 * @param mirror for each vertex the one that it is of the mirrored face; empty where nobody knows,
 *     and then the meshes of mirrored inputs are not used
 */
public record MeshTopology(String name, int vertices, List<Integer> mirror)
    implements Serializable {

  /** Numbers a vertex: x, y and z. */
  public static final int AXES = 3;

  /** The largest meshes in use have some ten thousand. */
  public static final int MOST_VERTICES = 100_000;

  /** Letters and digits, so that it can be part of the name of an output. */
  public static final String NAME = "[A-Za-z][A-Za-z0-9_-]{0,63}";

  /**
   * The 68 points of the Multi-PIE markup (Gross et al., "Multi-PIE", 2010), as 300-W numbers them,
   * from 0: jaw, brows, nose, eyes, outer and inner lips.
   */
  public static final MeshTopology MESH68 =
      new MeshTopology(
          "Mesh68",
          68,
          List.of(
              16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0, 26, 25, 24, 23, 22, 21, 20,
              19, 18, 17, 27, 28, 29, 30, 35, 34, 33, 32, 31, 45, 44, 43, 42, 47, 46, 39, 38, 37,
              36, 41, 40, 54, 53, 52, 51, 50, 49, 48, 59, 58, 57, 56, 55, 64, 63, 62, 61, 60, 67,
              66, 65));

  /**
   * Checks the values, and keeps an unmodifiable list.
   *
   * @throws IllegalArgumentException if the name is none, if there are no vertices or too many, or
   *     if the mirror image of the mirror image isn't the mesh
   */
  public MeshTopology {
    mirror = List.copyOf(mirror);
    if (!name.matches(NAME)) {
      throw new IllegalArgumentException(
          "the name of a mesh must start with a letter, and have letters, digits, '_' and '-' only,"
              + " at most 64 of them");
    }
    if (vertices < 1 || vertices > MOST_VERTICES) {
      throw new IllegalArgumentException(
          "mesh '%s' has %d vertices, but must have 1 to %d"
              .formatted(name, vertices, MOST_VERTICES));
    }
    if (!mirror.isEmpty() && !swaps(mirror, vertices)) {
      throw new IllegalArgumentException(
          ("the mirror table of mesh '%s' must give for each of its %d vertices, from 0 on, the one"
                  + " that takes its place, and for that one the first again")
              .formatted(name, vertices));
    }
  }

  private static boolean swaps(List<Integer> mirror, int vertices) {
    if (mirror.size() != vertices) {
      return false;
    }
    for (int vertex = 0; vertex < vertices; vertex++) {
      int other = mirror.get(vertex);
      if (other < 0 || other >= vertices || mirror.get(other) != vertex) {
        return false;
      }
    }
    return true;
  }

  /** The topology of a name, with its mirror table where it is one that is known. */
  public static MeshTopology named(String name, int vertices) {
    MeshTopology any = new MeshTopology(name, vertices, List.of());
    return any.isMesh68() ? MESH68 : any;
  }

  /** Whether its vertices are the 68 points, with a mirror table or without. */
  public boolean isMesh68() {
    return name.equals(MESH68.name) && vertices == MESH68.vertices;
  }

  /** Whether a mesh that was seen in an input can be told in the image. */
  public boolean isKnown(Flip flip) {
    return flip == Flip.NONE || !mirror.isEmpty();
  }

  /** In a line, for people and the record of a run: a table of a thousand numbers says little. */
  @Override
  public String toString() {
    return "%s of %d vertices, %s mirror table"
        .formatted(name, vertices, mirror.isEmpty() ? "without" : "with");
  }
}
