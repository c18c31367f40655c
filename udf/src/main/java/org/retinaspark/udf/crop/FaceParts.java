package org.retinaspark.udf.crop;

import java.util.List;

/** The parts of a face as masks, drawn from its mesh. */
public final class FaceParts {

  private FaceParts() {}

  /**
   * The parts that are seen of a face, as masks over the frame.
   *
   * @param topology the name of the mesh
   * @param vertices {@code [vertices, 3]}: x and y in pixels of the frame, z in the same unit,
   *     growing away from the camera
   * @param width of the frame, in pixels
   * @param height of the frame, in pixels
   * @return every part, in a fixed order, with an empty mask if nothing of it is seen; no part if
   *     they are unknown of the topology, or if a vertex isn't finite
   */
  public static List<FacePart> of(String topology, float[] vertices, int width, int height) {
    return List.of();
  }
}
