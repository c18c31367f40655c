package org.retinaspark.udf.crop;

import java.util.List;
import java.util.Optional;
import org.retinaspark.udf.detect.MeshTopology;
import org.retinaspark.udf.detect.Point;

/** How a head is turned, out of what was found of its face. */
public final class PoseEstimation {

  private static final ScaledOrthography OF_LANDMARKS68 =
      new ScaledOrthography(CanonicalFace.of(MeshTopology.MESH68.name()).orElseThrow().vertices());
  private static final ScaledOrthography OF_FIVE =
      new ScaledOrthography(CanonicalFace.fivePoints());

  private PoseEstimation() {}

  /**
   * Out of a mesh with depth: the rotation of the similarity that takes the canonical face nearest
   * to it.
   *
   * @param vertices {@code [n, 3]} of the topology, z away from the camera and in the unit of x and
   *     y
   * @return none where the topology has no canonical face, or where the mesh has another number of
   *     vertices, isn't finite, or lies on a line
   */
  public static Optional<HeadPose> ofMesh(String topology, float[] vertices) {
    return CanonicalFace.of(topology)
        .flatMap(face -> Alignment.rotation(face.vertices(), vertices))
        .map(rotation -> HeadRotation.pose(rotation, HeadPose.Source.MESH));
  }

  /**
   * Out of the 68 points of 300-W in the image.
   *
   * @param xy {@code [68, 2]}, in pixels of the image
   * @return none where there aren't 68, where one isn't finite, or where they lie on a line
   */
  public static Optional<HeadPose> ofLandmarks68(float[] xy) {
    return OF_LANDMARKS68
        .rotation(xy)
        .map(rotation -> HeadRotation.pose(rotation, HeadPose.Source.LANDMARKS68));
  }

  /**
   * Out of the detector's five points.
   *
   * @param points left eye, right eye, nose tip, left and right corner of the mouth, in pixels of
   *     the image
   * @return none where there aren't five, where one isn't finite, or where they lie on a line
   */
  public static Optional<HeadPose> ofFive(List<Point> points) {
    float[] xy = new float[points.size() * PointCloud.PLANE];
    for (int at = 0; at < points.size(); at++) {
      xy[at * PointCloud.PLANE] = points.get(at).x();
      xy[at * PointCloud.PLANE + 1] = points.get(at).y();
    }
    return OF_FIVE
        .rotation(xy)
        .map(rotation -> HeadRotation.pose(rotation, HeadPose.Source.POINTS));
  }
}
