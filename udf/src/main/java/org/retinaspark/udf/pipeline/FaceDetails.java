package org.retinaspark.udf.pipeline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.retinaspark.udf.crop.FacePart;
import org.retinaspark.udf.crop.HeadPose;
import org.retinaspark.udf.detect.Face;
import org.retinaspark.udf.detect.FaceMesh;
import org.retinaspark.udf.detect.Family;
import org.retinaspark.udf.detect.MeshTopology;

/**
 * What is known of the n faces of an image beside score, box and landmarks, in the order of the
 * faces: told by the detector, if it has mesh heads, or by stations behind it. Coordinates are
 * pixels of the image's frame.
 *
 * @param mesh meshes of the faces
 * @param landmarks68 {@code [n]}: x and y of the 68 points of the Multi-PIE markup, 136 numbers;
 *     empty for a face of which they are unknown
 * @param pose {@code [n]}: how each head is turned, if it is known
 * @param parts {@code [n]}: the masks of the parts of each face; none for a face of which they are
 *     unknown
 */
public record FaceDetails(
    @Nullable Mesh mesh,
    @Nullable List<float[]> landmarks68,
    @Nullable List<Optional<HeadPose>> pose,
    @Nullable List<List<FacePart>> parts) {

  /** Nothing beside score, box and landmarks. */
  public static final FaceDetails NONE = new FaceDetails(null, null, null, null);

  /** What may be told. */
  public enum Kind {
    /** {@link FaceDetails#mesh}. */
    MESH,
    /** {@link FaceDetails#landmarks68}. */
    LANDMARKS68,
    /** {@link FaceDetails#pose}. */
    POSE,
    /** {@link FaceDetails#parts}. */
    PARTS
  }

  /**
   * Meshes of the faces.
   *
   * @param topology its name, which says what the vertices are and how they connect
   * @param vertices {@code [n]}: x, y and z of all vertices of each face; empty for a face without
   * @param scores {@code [n]}: how sure the network of the mesh is that it saw a face, from 0 to 1;
   *     NaN where it doesn't say
   */
  public record Mesh(String topology, List<float[]> vertices, float[] scores) {

    /** Meshes of a network that says no more of them. */
    public Mesh(String topology, List<float[]> vertices) {
      this(topology, vertices, unknown(vertices.size()));
    }

    private static float[] unknown(int faces) {
      float[] scores = new float[faces];
      Arrays.fill(scores, Float.NaN);
      return scores;
    }
  }

  /** What a detector of a family tells itself. */
  static Set<Kind> kinds(Family family) {
    Set<Kind> kinds = EnumSet.noneOf(Kind.class);
    if (!family.meshes().isEmpty()) {
      kinds.add(Kind.MESH);
    }
    if (family.meshes().stream().anyMatch(MeshTopology::isMesh68)) {
      kinds.add(Kind.LANDMARKS68);
    }
    return kinds;
  }

  /**
   * What a detector of a family told: of its meshes the one of the most vertices, and x and y of
   * Mesh68, whether or not that is the one.
   */
  static FaceDetails detected(Family family, List<Face> faces) {
    FaceDetails details = NONE;
    Optional<MeshTopology> densest = densest(family);
    if (densest.isPresent()) {
      MeshTopology topology = densest.get();
      details = details.and(new Mesh(topology.name(), vertices(faces, topology)));
    }
    for (MeshTopology topology : family.meshes()) {
      if (topology.isMesh68()) {
        List<float[]> points = vertices(faces, topology);
        details = details.andLandmarks68(points.stream().map(FaceDetails::flat).toList());
      }
    }
    return details;
  }

  /** Which of the meshes of a family's detectors is told: the one of the most vertices. */
  public static Optional<MeshTopology> densest(Family family) {
    return family.meshes().stream().max(Comparator.comparingInt(MeshTopology::vertices));
  }

  private static List<float[]> vertices(List<Face> faces, MeshTopology topology) {
    List<float[]> vertices = new ArrayList<>(faces.size());
    for (Face face : faces) {
      float[] found = {};
      for (FaceMesh mesh : face.meshes()) {
        if (mesh.topology().equals(topology)) {
          found = mesh.vertices();
        }
      }
      vertices.add(found);
    }
    return vertices;
  }

  /** x and y of each vertex. */
  private static float[] flat(float[] vertices) {
    float[] flat = new float[vertices.length / MeshTopology.AXES * 2];
    for (int at = 0; at < flat.length; at++) {
      flat[at] = vertices[at / 2 * MeshTopology.AXES + at % 2];
    }
    return flat;
  }

  /** The same, and a mesh. */
  public FaceDetails and(Mesh found) {
    return new FaceDetails(found, landmarks68, pose, parts);
  }

  /** The same, and 68 landmarks. */
  public FaceDetails andLandmarks68(List<float[]> found) {
    return new FaceDetails(mesh, found, pose, parts);
  }

  /** The same, and poses. */
  public FaceDetails andPose(List<Optional<HeadPose>> found) {
    return new FaceDetails(mesh, landmarks68, found, parts);
  }

  /** The same, and parts. */
  public FaceDetails andParts(List<List<FacePart>> found) {
    return new FaceDetails(mesh, landmarks68, pose, found);
  }
}
