package org.retinaspark.udf.crop;

import java.util.Optional;
import org.retinaspark.udf.detect.MeshTopology;

/** The 68 points of 300-W, in 2D, out of a mesh. */
public final class Landmarks68 {

  /** How many there are. */
  public static final int COUNT = 68;

  /** Whose correspondence it is, for the record of a run. */
  public static final String SOURCE = "by the correspondence that LatentSync publishes";

  private static final int PLANE = 2;

  /**
   * For each of the 68 points the vertex of FaceMesh468 that lies there, as LatentSync
   * (github.com/bytedance/LatentSync, latentsync/utils/image_processor.py, Apache-2.0) and others
   * publish it. Both markups count an eye or the lips from the image's left on an upright face.
   */
  private static final int[] FACE_MESH = {
    162,
    234,
    93,
    58,
    172,
    136,
    149,
    148,
    152,
    377,
    378,
    365,
    397,
    288,
    323,
    454,
    389, // jaw
    71,
    63,
    105,
    66,
    107,
    336,
    296,
    334,
    293,
    301, // brows
    168,
    197,
    5,
    4,
    75,
    97,
    2,
    326,
    305, // nose
    33,
    160,
    158,
    133,
    153,
    144,
    362,
    385,
    387,
    263,
    373,
    380, // eyes
    61,
    39,
    37,
    0,
    267,
    269,
    291,
    405,
    314,
    17,
    84,
    181, // outer lips
    78,
    82,
    13,
    312,
    308,
    317,
    14,
    87 // inner lips
  };

  private Landmarks68() {}

  /**
   * The points out of a mesh, in the mesh's x and y.
   *
   * @param vertices {@code [n, 3]} of the topology
   * @return {@code [68, 2]}; none where no correspondence is known for the topology, or where the
   *     mesh has another number of vertices than its topology or one of these that isn't finite
   */
  public static Optional<float[]> ofMesh(String topology, float[] vertices) {
    float[] points;
    if (fits(MeshTopology.FACE_MESH, topology, vertices)) {
      points = pick(vertices, PLANE);
    } else if (fits(MeshTopology.MESH68, topology, vertices)) {
      points = new float[COUNT * PLANE];
      for (int at = 0; at < points.length; at++) {
        points[at] = vertices[at / PLANE * MeshTopology.AXES + at % PLANE];
      }
    } else {
      return Optional.empty();
    }
    for (float number : points) {
      if (!Float.isFinite(number)) {
        return Optional.empty();
      }
    }
    return Optional.of(points);
  }

  /** The first so many axes of each point's vertex of {@code [468, 3]}. */
  static float[] pick(float[] vertices, int axes) {
    float[] points = new float[COUNT * axes];
    for (int point = 0; point < COUNT; point++) {
      System.arraycopy(vertices, FACE_MESH[point] * MeshTopology.AXES, points, point * axes, axes);
    }
    return points;
  }

  private static boolean fits(MeshTopology mesh, String topology, float[] vertices) {
    return topology.equals(mesh.name()) && vertices.length == mesh.vertices() * MeshTopology.AXES;
  }
}
