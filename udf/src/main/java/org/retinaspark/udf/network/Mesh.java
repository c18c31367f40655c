package org.retinaspark.udf.network;

import java.util.List;
import org.retinaspark.udf.detect.MeshTopology;

/**
 * A dense head: a mesh of three-dimensional vertices a face.
 *
 * @param name what it is called in outputs and in the table
 * @param vertices how many it has
 * @param coefficients of the linear basis that the vertices are put together from; 0 where the head
 *     gives them directly
 */
public record Mesh(String name, int vertices, int coefficients) {

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if the name or a number can't be meant
   */
  public Mesh {
    int most = new MeshTopology(name, vertices, List.of()).vertices() * MeshTopology.AXES;
    if (coefficients < 0 || coefficients > most) {
      throw new IllegalArgumentException(
          "mesh '%s' of %d vertices has a basis of %d, but it must be 0, for none, to %d"
              .formatted(name, vertices, coefficients, most));
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

  /** As {@link #parse} reads it. */
  String text() {
    return name + ":" + vertices + (coefficients == 0 ? "" : ":" + coefficients);
  }

  MeshTopology topology() {
    return MeshTopology.named(name, vertices);
  }

  /** Numbers that make up its vertices: x, y and z of each. */
  public int coordinates() {
    return MeshTopology.AXES * vertices;
  }

  /** Numbers that its weights are, where so many features go into its heads. */
  long numbers(long features) {
    return features * values() + (long) coefficients * coordinates();
  }

  /** Numbers that the head gives an anchor. */
  public int values() {
    return coefficients == 0 ? coordinates() : coefficients;
  }
}
