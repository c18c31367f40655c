package org.retinaspark.udf.detect;

import java.util.List;

/**
 * One detected face, in the coordinates of the image that was given to the detector.
 *
 * @param score the network's probability of "face", from 0 to 1
 * @param box where it is
 * @param landmarks left eye, right eye, nose tip, left and right mouth corner, left meaning smaller
 *     x on an upright face; empty where the model predicts none
 * @param meshes those of the model's meshes that are known of this face, in the model's order
 */
public record Face(float score, Box box, List<Point> landmarks, List<FaceMesh> meshes) {

  /** Keeps unmodifiable copies of the lists. */
  public Face {
    landmarks = List.copyOf(landmarks);
    meshes = List.copyOf(meshes);
  }

  /** A face without a mesh. */
  public Face(float score, Box box, List<Point> landmarks) {
    this(score, box, landmarks, List.of());
  }

  /** The same face by another score. */
  Face scored(float other) {
    return new Face(other, box, landmarks, meshes);
  }

  /** The same face in another box and with other landmarks. */
  Face at(Box place, List<Point> points) {
    return new Face(score, place, points, meshes);
  }
}
