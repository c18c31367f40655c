package org.retinaspark.udf.crop;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.retinaspark.udf.detect.MeshTopology;
import org.retinaspark.udf.detect.Point;

/**
 * Where the detector's five points lie on a mesh or among the 68: left eye, right eye, nose tip,
 * left and right corner of the mouth, left being the smaller x on an upright face.
 */
public final class FivePoints {

  /**
   * The eyes are the contours that MediaPipe calls {@code FACEMESH_RIGHT_EYE} and {@code
   * FACEMESH_LEFT_EYE} (mediapipe/python/solutions/face_mesh_connections.py; right and left are the
   * person's), the nose what its package for TensorFlow.js calls {@code noseTip}
   * (face-landmarks-detection, MESH_ANNOTATIONS).
   */
  static final MeshPoints ON_FACE_MESH =
      new MeshPoints(
          new int[][] {
            {33, 7, 163, 144, 145, 153, 154, 155, 133, 173, 157, 158, 159, 160, 161, 246},
            {263, 249, 390, 373, 374, 380, 381, 382, 362, 398, 384, 385, 386, 387, 388, 466},
            {1},
            {61},
            {291}
          });

  private static final MeshPoints AMONG_68 =
      new MeshPoints(
          new int[][] {{36, 37, 38, 39, 40, 41}, {42, 43, 44, 45, 46, 47}, {30}, {48}, {54}});

  private FivePoints() {}

  /**
   * The five points out of a mesh, in the mesh's x and y: an eye is the mean of its contour.
   *
   * @param vertices {@code [n, 3]} of the topology
   * @return none where nobody knows where they lie on the topology, where the mesh has another
   *     number of vertices, or where one of these isn't finite
   */
  public static Optional<List<Point>> ofMesh(String topology, float[] vertices) {
    if (MeshPoints.fits(MeshTopology.FACE_MESH, topology, vertices)) {
      return points(ofFaceMesh(vertices, PointCloud.PLANE));
    }
    if (MeshPoints.fits(MeshTopology.MESH68, topology, vertices)) {
      return points(AMONG_68.of(vertices, PointCloud.PLANE));
    }
    return Optional.empty();
  }

  /** The first so many axes of the points out of {@code [468, 3]}. */
  static float[] ofFaceMesh(float[] vertices, int axes) {
    return ON_FACE_MESH.of(vertices, axes);
  }

  private static Optional<List<Point>> points(float[] xy) {
    if (!MeshPoints.areFinite(xy)) {
      return Optional.empty();
    }
    List<Point> points = new ArrayList<>();
    for (int at = 0; at < xy.length; at += PointCloud.PLANE) {
      points.add(new Point(xy[at], xy[at + 1]));
    }
    return Optional.of(List.copyOf(points));
  }
}
