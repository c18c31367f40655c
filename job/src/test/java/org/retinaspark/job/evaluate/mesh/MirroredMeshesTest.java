package org.retinaspark.job.evaluate.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.retinaspark.io.facetable.FaceArrays;
import org.retinaspark.io.facetable.ImageFrame;
import org.retinaspark.io.facetable.ImageRecord;
import org.retinaspark.udf.detect.MeshTopology;

/** What {@link MirroredMeshes} rests on; the photos it is for are given on its command line. */
class MirroredMeshesTest {

  @Test
  void theMirrorImageOfTheMirrorImageIsTheFace() {
    float[] mesh = new float[3 * 68];
    for (int i = 0; i < mesh.length; i++) {
      mesh[i] = i;
    }
    ImageRecord photo = record(mesh, new float[] {10, 20, 40, 60}, new float[10]);
    ImageRecord mirrored = MirroredMeshes.mirror(photo);
    assertThat(mirrored.image()).isEqualTo("a.jpg");
    assertThat(mirrored.faces().boxes()).containsExactly(60, 20, 90, 60);
    float[] other = mesh(mirrored.faces());
    // Point 0 of the jaw is point 16 of the mirrored one.
    assertThat(other[3 * 16]).isEqualTo(100 - mesh[0]);
    assertThat(MeshTopology.MESH68.mirror().get(0)).isEqualTo(16);
    FaceArrays back =
        MirroredMeshes.mirror(record(other, mirrored.faces().boxes(), new float[10])).faces();
    assertThat(mesh(back)).containsExactly(mesh);
    assertThat(back.boxes()).containsExactly(10, 20, 40, 60);
  }

  @Test
  void leftAndRightChangePlaces() {
    float[] five = {30, 40, 70, 41, 50, 60, 35, 80, 65, 81};
    FaceArrays faces = MirroredMeshes.mirror(record(new float[0], new float[4], five)).faces();
    assertThat(faces.landmarks()).containsExactly(30, 41, 70, 40, 50, 60, 35, 81, 65, 80);
  }

  private static float[] mesh(FaceArrays faces) {
    return Objects.requireNonNull(faces.mesh()).vertices().get(0);
  }

  private static ImageRecord record(float[] mesh, float[] box, float[] five) {
    FaceArrays faces =
        new FaceArrays(
            new float[] {1},
            box,
            five,
            new FaceArrays.Mesh("Mesh68", List.of(mesh), new float[] {1}),
            List.of(),
            List.of(),
            List.of());
    return new ImageRecord(
        "a.jpg.png",
        null,
        "",
        null,
        1,
        null,
        null,
        new ImageFrame(100, 100, 1),
        null,
        List.of(),
        faces,
        List.of());
  }
}
