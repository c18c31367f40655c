package org.retinaspark.job.measures.dense;

import java.io.Serializable;

/**
 * Which faces of a reference count: those whose mesh is whole and believed, and whose box is large
 * enough.
 *
 * @param form what their meshes are
 * @param leastSide of the box's shorter side, in pixels
 */
public record CountedFaces(MeshForm form, double leastSide) implements Serializable {

  /** A mesh is believed whose score is larger, as everywhere in the table; or that has none. */
  static final double BELIEVED = 0.5;

  /**
   * Checks the side.
   *
   * @throws IllegalArgumentException if it is negative or no number
   */
  public CountedFaces {
    if (!(leastSide >= 0)) {
      throw new IllegalArgumentException(
          "faces of at least %s pixels can't be told".formatted(leastSide));
    }
  }

  boolean counts(MeshedFace face) {
    return !(face.score() <= BELIEVED)
        && face.shorterSide() > 0
        && face.shorterSide() >= leastSide
        && Double.isFinite(face.size())
        && face.has(form);
  }
}
