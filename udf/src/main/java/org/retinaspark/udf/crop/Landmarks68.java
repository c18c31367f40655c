package org.retinaspark.udf.crop;

import java.util.Optional;
import org.retinaspark.udf.detect.MeshTopology;

/**
 * The 68 points of 300-W (Sagonas et al., "300 Faces in-the-Wild Challenge", 2013), in 2D, out of a
 * mesh.
 */
public final class Landmarks68 {

  /** How many there are. */
  public static final int COUNT = 68;

  /** Whose correspondence it is, for the record of a run. */
  public static final String SOURCE = "by the correspondence of Mediapipe_2_Dlib_Landmarks";

  /**
   * For each of the 68 points the vertices of FaceMesh468 whose mean it is, as
   * github.com/PeizhiYan/Mediapipe_2_Dlib_Landmarks (MIT, 2024) publishes them. One point differs:
   * 13 there is vertex 361 alone, which isn't the mirror image of point 3.
   */
  static final MeshPoints ON_FACE_MESH =
      new MeshPoints(
          new int[][] {
            // The jaw, from the image's left ear by the chin to the right one.
            {127},
            {234},
            {93},
            {132, 58},
            {58, 172},
            {136},
            {150},
            {176},
            {152},
            {400},
            {379},
            {365},
            {397, 288},
            {361, 288},
            {323},
            {454},
            {356},
            // The brows.
            {156},
            {63},
            {105},
            {66},
            {107},
            {336},
            {296},
            {334},
            {293},
            {383},
            // The nose, down its ridge and along its base.
            {168, 6},
            {197, 195},
            {5},
            {4},
            {98},
            {97},
            {2},
            {326},
            {327},
            // The eyes.
            {33},
            {160},
            {158},
            {133},
            {153},
            {144},
            {362},
            {385},
            {387},
            {263},
            {373},
            {380},
            // The outer lips.
            {61},
            {39},
            {37},
            {0},
            {267},
            {269},
            {291},
            {321},
            {314},
            {17},
            {84},
            {91},
            // The inner lips.
            {78},
            {82},
            {13},
            {312},
            {308},
            {317},
            {14},
            {87}
          });

  private Landmarks68() {}

  /**
   * The points out of a mesh, in the mesh's x and y.
   *
   * @param vertices {@code [n, 3]} of the topology
   * @return {@code [68, 2]}; none where no correspondence is known for the topology, or where the
   *     mesh has another number of vertices than its topology or one of these that isn't finite
   */
  public static Optional<float[]> ofMesh(String topology, float[] vertices) {
    if (MeshPoints.fits(MeshTopology.FACE_MESH, topology, vertices)) {
      return Optional.of(ofFaceMesh(vertices, PointCloud.PLANE)).filter(MeshPoints::areFinite);
    }
    if (MeshPoints.fits(MeshTopology.MESH68, topology, vertices)) {
      return Optional.of(flat(vertices)).filter(MeshPoints::areFinite);
    }
    return Optional.empty();
  }

  /** The first so many axes of the points out of {@code [468, 3]}. */
  static float[] ofFaceMesh(float[] vertices, int axes) {
    return ON_FACE_MESH.of(vertices, axes);
  }

  private static float[] flat(float[] vertices) {
    float[] points = new float[COUNT * PointCloud.PLANE];
    for (int at = 0; at < points.length; at++) {
      points[at] = vertices[at / PointCloud.PLANE * MeshTopology.AXES + at % PointCloud.PLANE];
    }
    return points;
  }
}
