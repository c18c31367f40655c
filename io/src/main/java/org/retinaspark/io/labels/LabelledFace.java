package org.retinaspark.io.labels;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A labelled face, in pixels of its image's frame.
 *
 * @param box {@code [4]}: x1, y1, x2, y2, finite, with an area
 * @param landmarks {@code [10]}: x and y of left eye, right eye, nose tip, left and right mouth
 *     corner; null if nobody knows them
 * @param mesh {@code [3 * vertices]}: x, y and z of each vertex; null if nobody knows it
 * @param ignored whether an anchor on the face is neither face nor background
 */
public record LabelledFace(
    float[] box, float @Nullable [] landmarks, float @Nullable [] mesh, boolean ignored)
    implements Serializable {

  /** Numbers of a box. */
  public static final int BOX = 4;

  /** Numbers of the five landmarks. */
  public static final int LANDMARKS = 10;

  /** Numbers of a vertex. */
  public static final int AXES = 3;

  /**
   * Checks the shapes.
   *
   * @throws IllegalArgumentException if an array has another length
   */
  public LabelledFace(
      float[] box, float @Nullable [] landmarks, float @Nullable [] mesh, boolean ignored) {
    if (box.length != BOX
        || (landmarks != null && landmarks.length != LANDMARKS)
        || (mesh != null && mesh.length % AXES != 0)) {
      throw new IllegalArgumentException(
          "a labelled face of %d box, %d landmark and %d mesh numbers"
              .formatted(
                  box.length,
                  landmarks == null ? 0 : landmarks.length,
                  mesh == null ? 0 : mesh.length));
    }
    this.box = box;
    this.landmarks = landmarks;
    this.mesh = mesh;
    this.ignored = ignored;
  }
}
