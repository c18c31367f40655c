package org.retinaspark.udf.crop;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.retinaspark.udf.detect.MeshTopology;

/**
 * The shape that a mesh has of a face in general, looking straight into the camera. It is that of
 * MediaPipe's module of face geometry; {@code deploy/models/canonical-face} makes the resource out
 * of its package.
 *
 * <p>Axes are those of an image: x to the right, y down, z away from the camera, which is
 * right-handed. Centimetres. The origin is in the middle of the head, behind the eyes.
 */
public final class CanonicalFace {

  private static final String RESOURCE = "face-mesh-468.obj";
  private static final CanonicalFace FACE_MESH = read();
  private static final CanonicalFace MESH68 =
      new CanonicalFace(Landmarks68.ofFaceMesh(FACE_MESH.vertices, MeshTopology.AXES), new int[0]);

  private final float[] vertices;
  private final int[] triangles;

  private CanonicalFace(float[] vertices, int[] triangles) {
    this.vertices = vertices;
    this.triangles = triangles;
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
   * {@code [triangles, 3]}: the corners of each as numbers of vertices, anticlockwise as the camera
   * sees a face that looks at it; empty where the topology has no surface.
   */
  public int[] triangles() {
    return triangles.clone();
  }

  /**
   * {@code [5, 3]}: left eye, right eye, nose tip, left and right corner of the mouth, as {@link
   * FivePoints} takes them from a mesh.
   */
  public static float[] fivePoints() {
    return FivePoints.ofFaceMesh(FACE_MESH.vertices, MeshTopology.AXES);
  }

  private static CanonicalFace read() {
    List<String> lines = lines();
    List<String> numbers = numbers(lines, "v ").toList();
    float[] vertices = new float[numbers.size()];
    for (int at = 0; at < vertices.length; at++) {
      vertices[at] = Float.parseFloat(numbers.get(at));
    }
    // The file counts vertices from 1, as Wavefront OBJ does.
    int[] triangles =
        numbers(lines, "f ").mapToInt(corner -> Integer.parseInt(corner) - 1).toArray();
    return new CanonicalFace(vertices, triangles);
  }

  private static Stream<String> numbers(List<String> lines, String kind) {
    return lines.stream()
        .filter(line -> line.startsWith(kind))
        .flatMap(line -> Arrays.stream(line.substring(kind.length()).split(" ")));
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
