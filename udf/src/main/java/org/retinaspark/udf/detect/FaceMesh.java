package org.retinaspark.udf.detect;

/**
 * A mesh of one face, in the coordinates of the image that was given to the detector.
 *
 * @param topology what its vertices are
 * @param vertices {@code [vertices, 3]}: x and y in pixels; z in pixels along x, its sign and its
 *     origin as the network was trained
 */
public record FaceMesh(MeshTopology topology, float[] vertices) {

  /**
   * The mesh of a face that was seen in a network input.
   *
   * @param seen {@code [vertices, 3]}, in network pixels
   * @param mirror of the model's family
   * @param placement the input; one whose flip the topology {@link MeshTopology#isKnown knows}
   */
  public static FaceMesh of(
      MeshTopology topology, float[] seen, Mirror mirror, Placement placement) {
    boolean mirrored = placement.flip() == Flip.HORIZONTAL;
    float[] vertices = new float[seen.length];
    for (int vertex = 0; vertex < topology.vertices(); vertex++) {
      int from = vertex * MeshTopology.AXES;
      int to = (mirrored ? topology.mirror().get(vertex) : vertex) * MeshTopology.AXES;
      float x = mirrored ? mirror.x(seen[from], placement) : seen[from];
      vertices[to] = x * placement.stepX();
      vertices[to + 1] = seen[from + 1] * placement.stepY();
      vertices[to + 2] = seen[from + 2] * placement.stepX();
    }
    return new FaceMesh(topology, vertices);
  }
}
