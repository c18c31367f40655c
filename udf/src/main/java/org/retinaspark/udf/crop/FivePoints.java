package org.retinaspark.udf.crop;

import org.retinaspark.udf.detect.MeshTopology;

/** Where the detector's five points lie on {@code FaceMesh468}. */
final class FivePoints {

  /**
   * The vertices whose mean each point is. The eyes' are the contours that MediaPipe names {@code
   * FACEMESH_RIGHT_EYE} and {@code FACEMESH_LEFT_EYE} (mediapipe/python/solutions/
   * face_mesh_connections.py), right and left there being the person's.
   */
  private static final int[][] VERTICES = {
    {33, 7, 163, 144, 145, 153, 154, 155, 133, 173, 157, 158, 159, 160, 161, 246},
    {263, 249, 390, 373, 374, 380, 381, 382, 362, 398, 384, 385, 386, 387, 388, 466},
    {4},
    {61},
    {291}
  };

  private FivePoints() {}

  /** {@code [5, 3]} out of {@code [468, 3]}. */
  static float[] of(float[] vertices) {
    float[] points = new float[VERTICES.length * MeshTopology.AXES];
    for (int point = 0; point < VERTICES.length; point++) {
      for (int axis = 0; axis < MeshTopology.AXES; axis++) {
        double sum = 0;
        for (int vertex : VERTICES[point]) {
          sum += vertices[vertex * MeshTopology.AXES + axis];
        }
        points[point * MeshTopology.AXES + axis] = (float) (sum / VERTICES[point].length);
      }
    }
    return points;
  }
}
