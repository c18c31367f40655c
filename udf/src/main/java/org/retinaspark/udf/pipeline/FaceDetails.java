package org.retinaspark.udf.pipeline;

import org.jspecify.annotations.Nullable;

/**
 * What stations behind the detector tell of the n faces of an image, in the order of the faces.
 * Coordinates are pixels of the image's frame.
 *
 * @param mesh a mesh of each face
 * @param landmarks68 {@code [n, 136]}: x and y of the 68 points of the Multi-PIE markup
 * @param pose {@code [n, 3]}: yaw, pitch and roll in degrees
 */
public record FaceDetails(
    @Nullable Mesh mesh, float @Nullable [] landmarks68, float @Nullable [] pose) {

  /** Nothing beside score, box and landmarks. */
  public static final FaceDetails NONE = new FaceDetails(null, null, null);

  /** What may be told. */
  public enum Kind {
    /** {@link FaceDetails#mesh}. */
    MESH,
    /** {@link FaceDetails#landmarks68}. */
    LANDMARKS68,
    /** {@link FaceDetails#pose}. */
    POSE
  }

  /**
   * A mesh of each face.
   *
   * @param topology its name, which says what the vertices are and how they connect
   * @param vertices {@code [n, values]}: the coordinates of all vertices of each face
   */
  public record Mesh(String topology, float[] vertices) {}

  /** The same, and a mesh. */
  public FaceDetails and(Mesh found) {
    return new FaceDetails(found, landmarks68, pose);
  }

  /** The same, and 68 landmarks. */
  public FaceDetails andLandmarks68(float[] found) {
    return new FaceDetails(mesh, found, pose);
  }

  /** The same, and a pose. */
  public FaceDetails andPose(float[] found) {
    return new FaceDetails(mesh, landmarks68, found);
  }
}
