package org.retinaspark.udf.dense;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;
import org.retinaspark.udf.detect.MeshTopology;

/**
 * MediaPipe Face Mesh (Kartynnik et al., "Real-time Facial Surface Geometry from Monocular Video on
 * Mobile GPUs", 2019): 468 vertices, x and y in pixels of the crop from its corner, z in the same
 * unit, smaller towards the camera, about 0 at the centre of the head ({@code
 * tensors_to_face_landmarks.pbtxt} divides all three by the side of the crop).
 *
 * @param score what its second output is
 */
record FaceMeshFamily(ScoreOutput score) implements MeshFamily {

  static final String NAME = "facemesh";
  static final int VALUES = MeshTopology.FACE_MESH.vertices() * MeshTopology.AXES;

  private static final MeshTopology TOPOLOGY = MeshTopology.FACE_MESH;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Optional<MeshTopology> topology() {
    return Optional.of(TOPOLOGY);
  }

  @Override
  public int values() {
    return VALUES;
  }

  @Override
  public boolean givesScore() {
    return score != ScoreOutput.NONE;
  }

  @Override
  public String description() {
    return "MediaPipe Face Mesh, 468 vertices in three dimensions, " + score.text();
  }

  @Override
  public CropMesh read(List<FloatBuffer> outputs, int pixels) {
    float[] vertices = new float[VALUES];
    outputs.get(0).get(0, vertices);
    return new CropMesh(
        vertices, givesScore() ? score.probability(outputs.get(1).get(0)) : Float.NaN);
  }
}
