package org.retinaspark.udf.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.retinaspark.udf.detect.AnchorLevel;
import org.retinaspark.udf.detect.Box;
import org.retinaspark.udf.detect.Face;
import org.retinaspark.udf.detect.FaceMesh;
import org.retinaspark.udf.detect.Family;
import org.retinaspark.udf.detect.MeshTopology;
import org.retinaspark.udf.detect.family.ClassOutput;
import org.retinaspark.udf.detect.family.MatchThresholds;
import org.retinaspark.udf.detect.family.PyTorchFamily;
import org.retinaspark.udf.detect.family.RetinaFaceFamily;
import org.retinaspark.udf.detect.family.Variances;

/** What of a detector's meshes goes to the table. */
final class FaceDetailsTest {

  private static final MeshTopology DENSE = MeshTopology.named("Dense", 100);
  private static final MeshTopology SMALL = MeshTopology.named("Small", 2);

  @Test
  void densestMeshAndThe68PointsAreTold() {
    Family family = family(SMALL, MeshTopology.MESH68, DENSE);
    FaceMesh dense = mesh(DENSE, 5);
    FaceMesh points = mesh(MeshTopology.MESH68, 7);
    List<Face> faces =
        List.of(face(mesh(SMALL, 1), points, dense), face(), face(mesh(MeshTopology.MESH68, 9)));

    FaceDetails details = FaceDetails.detected(family, faces);

    assertThat(FaceDetails.kinds(family))
        .containsExactly(FaceDetails.Kind.MESH, FaceDetails.Kind.LANDMARKS68);
    FaceDetails.Mesh mesh = Objects.requireNonNull(details.mesh());
    assertThat(mesh.topology()).isEqualTo("Dense");
    assertThat(mesh.vertices()).containsExactly(dense.vertices(), new float[0], new float[0]);
    List<float[]> flat = Objects.requireNonNull(details.landmarks68());
    assertThat(flat.get(0)).hasSize(136).startsWith(7, 8, 10, 11).endsWith(7 + 201, 7 + 202);
    assertThat(flat.get(1)).isEmpty();
    assertThat(flat.get(2)).startsWith(9, 10, 12, 13);
  }

  @Test
  void meshOf68VerticesIsToldInThreeAndInTwoDimensions() {
    Family family = family(MeshTopology.MESH68);
    FaceMesh points = mesh(MeshTopology.MESH68, 7);

    FaceDetails details = FaceDetails.detected(family, List.of(face(points)));

    assertThat(Objects.requireNonNull(details.mesh()).vertices().get(0)).hasSize(204);
    assertThat(Objects.requireNonNull(details.landmarks68()).get(0)).hasSize(136);
  }

  @Test
  void otherMeshIsNoMarkupOf68Points() {
    assertThat(FaceDetails.kinds(family(DENSE))).containsExactly(FaceDetails.Kind.MESH);
    assertThat(FaceDetails.detected(family(DENSE), List.of()).landmarks68()).isNull();
  }

  @Test
  void detectorWithoutMeshesTellsNothing() {
    Family family = new PyTorchFamily(ClassOutput.PROBABILITIES);
    assertThat(FaceDetails.kinds(family)).isEmpty();
    assertThat(FaceDetails.detected(family, List.of(face()))).isEqualTo(FaceDetails.NONE);
  }

  private static Family family(MeshTopology... meshes) {
    return new RetinaFaceFamily(
        List.of(new AnchorLevel(4, List.of(16f))),
        Variances.USUAL,
        List.of(MatchThresholds.FIRST_STAGE),
        List.of(meshes));
  }

  private static Face face(FaceMesh... meshes) {
    return new Face(0.5f, new Box(0, 0, 1, 1), List.of(), List.of(meshes));
  }

  /** Its numbers count from the first on. */
  private static FaceMesh mesh(MeshTopology topology, int first) {
    float[] vertices = new float[topology.vertices() * MeshTopology.AXES];
    for (int index = 0; index < vertices.length; index++) {
      vertices[index] = first + index;
    }
    return new FaceMesh(topology, vertices);
  }
}
