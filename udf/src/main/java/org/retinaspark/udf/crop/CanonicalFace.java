package org.retinaspark.udf.crop;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.retinaspark.udf.detect.MeshTopology;

/**
 * The shape that a mesh has of a face in general, looking straight into the camera. It is that of
 * MediaPipe's module of face geometry; {@code deploy/models/canonical-face} makes the resource out
 * of its package.
 *
 * <p>Axes are those of an image: x to the right, y down, z away from the camera, which is
 * right-handed. Centimetres. The origin is in the middle of the head.
 */
public final class CanonicalFace {

  private static final String RESOURCE = "face-mesh-468.obj";
  private static final CanonicalFace FACE_MESH = read();
  private static final CanonicalFace MESH68 =
      new CanonicalFace(
          Landmarks68.pick(FACE_MESH.vertices, MeshTopology.AXES), new int[0], new double[0]);

  private final float[] vertices;
  private final int[] triangles;
  private final double[] weights;

  private CanonicalFace(float[] vertices, int[] triangles, double[] weights) {
    this.vertices = vertices;
    this.triangles = triangles;
    this.weights = weights;
  }

  /** That of a topology by its name; none where nobody knows its shape. */
  public static Optional<CanonicalFace> of(String topology) {
    if (topology.equals(MeshTopology.FACE_MESH.name())) {
      return Optional.of(FACE_MESH);
    }
    return topology.equals(MeshTopology.MESH68.name()) ? Optional.of(MESH68) : Optional.empty();
  }

  /** {@code [vertices, 3]}: x, y and z of each, in centimetres. */
  public float[] vertices() {
    return vertices.clone();
  }

  /**
   * {@code [triangles, 3]}: the corners of each as numbers of vertices; empty where the topology
   * has no surface.
   */
  public int[] triangles() {
    return triangles.clone();
  }

  /**
   * {@code [5, 3]}: left eye, right eye, nose tip, left and right corner of the mouth, as the
   * detector means them: an eye is the mean of its contour, and left is the smaller x.
   */
  public static float[] fivePoints() {
    return FivePoints.of(FACE_MESH.vertices);
  }

  /** How much each vertex counts in an alignment, all of them over 0 or none. */
  double[] weights() {
    return weights.clone();
  }

  private static CanonicalFace read() {
    List<String> lines = lines();
    float[] vertices = new float[lines.size() * MeshTopology.AXES];
    int[] triangles = new int[lines.size() * MeshTopology.AXES];
    double[] weights = new double[MeshTopology.FACE_MESH.vertices()];
    int numbers = 0;
    int corners = 0;
    for (String line : lines) {
      String[] words = line.split(" ");
      switch (words[0]) {
        case "v" -> {
          for (int axis = 1; axis <= MeshTopology.AXES; axis++) {
            vertices[numbers++] = Float.parseFloat(words[axis]);
          }
        }
        case "f" -> {
          for (int corner = 1; corner <= MeshTopology.AXES; corner++) {
            triangles[corners++] = Integer.parseInt(words[corner]) - 1;
          }
        }
        case "w" -> weights[Integer.parseInt(words[1]) - 1] = Double.parseDouble(words[2]);
        default -> {}
      }
    }
    return new CanonicalFace(
        Arrays.copyOf(vertices, numbers), Arrays.copyOf(triangles, corners), weights);
  }

  private static List<String> lines() {
    try (InputStream in = CanonicalFace.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("the jar lacks the resource " + RESOURCE);
      }
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("can't read the resource " + RESOURCE, e);
    }
  }
}
