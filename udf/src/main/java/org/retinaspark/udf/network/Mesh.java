package org.retinaspark.udf.network;

/**
 * A dense head: a mesh of three-dimensional vertices a face.
 *
 * @param name what it is called in outputs and in the table
 * @param vertices how many it has
 * @param coefficients of the linear basis that the vertices are put together from; 0 where the head
 *     gives them directly
 */
public record Mesh(String name, int vertices, int coefficients) {

  /** The largest meshes in use have some ten thousand. */
  private static final int MOST = 100_000;

  /** Checks the values. */
  public Mesh {
    if (!name.matches("[A-Za-z][A-Za-z0-9_-]*")) {
      throw new IllegalArgumentException(
          "mesh '%s' has no name of letters and digits; give one like Mesh68:68".formatted(name));
    }
    if (vertices < 1 || vertices > MOST || coefficients < 0 || coefficients > 3 * vertices) {
      throw new IllegalArgumentException(
          ("mesh '%s' of %d vertices from %d coefficients: it has to have 1 to %d vertices, and at"
                  + " most three coefficients a vertex")
              .formatted(name, vertices, coefficients, MOST));
    }
  }

  /**
   * Reads {@code name:vertices} or {@code name:vertices:coefficients}.
   *
   * @throws IllegalArgumentException if the text is none of these
   */
  public static Mesh parse(String text) {
    String[] parts = text.split(":", -1);
    try {
      return switch (parts.length) {
        case 2 -> new Mesh(parts[0], Integer.parseInt(parts[1]), 0);
        case 3 -> new Mesh(parts[0], Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
        default -> throw new NumberFormatException(text);
      };
    } catch (NumberFormatException unclear) {
      throw new IllegalArgumentException(
          "mesh '%s' is not NAME:VERTICES or NAME:VERTICES:COEFFICIENTS, like Mesh68:68"
              .formatted(text),
          unclear);
    }
  }

  /** Numbers that make up its vertices: x, y and z of each. */
  int coordinates() {
    return 3 * vertices;
  }

  /** Numbers that the head gives an anchor. */
  int values() {
    return coefficients == 0 ? coordinates() : coefficients;
  }
}
