package org.retinaspark.udf.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.retinaspark.udf.detect.AnchorLevel;
import org.retinaspark.udf.detect.family.MeshBasis;
import org.retinaspark.udf.detect.family.MeshCode;
import org.retinaspark.udf.detect.family.RetinaFaceFamily;
import org.retinaspark.udf.graph.OnnxFile;
import org.retinaspark.udf.model.ModelImport;
import org.retinaspark.udf.model.Preprocessing;
import org.retinaspark.udf.model.RecognitionOptions;
import org.retinaspark.udf.runtime.ElementType;
import org.retinaspark.udf.runtime.TrialSession;
import org.retinaspark.udf.runtime.TrialSession.TrialOutput;

/** The paper's network in small: its five levels, two stages, deformable, on few channels. */
class PaperNetworkTest {

  private static final Architecture PAPER =
      Architecture.paper(
          Backbone.MOBILENET_025, List.of(new Mesh("Mesh68", 68, 0), new Mesh("Mesh1k", 1103, 40)));

  @Test
  void anchorsAreThePapers() {
    List<AnchorLevel> anchors = PAPER.anchors();
    assertThat(anchors.stream().mapToLong(level -> level.count(640, 640)).sum()).isEqualTo(102_300);
    assertThat(anchors.stream().map(level -> level.cells(640)))
        .containsExactly(160, 80, 40, 20, 10);
    assertThat(anchors.get(0).sizes().get(0)).isEqualTo(16);
    assertThat(anchors.get(4).sizes().get(2)).isCloseTo(406.4f, Offset.offset(0.1f));
  }

  @ParameterizedTest
  @CsvSource({"1, 640, 640, 1280", "1, 33, 47, 388", "2, 97, 131, 779"})
  void everyAnchorHasItsOutputs(int batch, int height, int width, int faces) {
    byte[] onnx = RetinaFaceNetwork.onnx(narrow(PAPER.meshes()), new RandomParameters(1));
    Map<String, TrialOutput> outputs = run(onnx, batch, height, width);
    long anchors = PAPER.anchors().stream().mapToLong(level -> level.count(width, height)).sum();
    assertThat(outputs.keySet())
        .containsExactly(
            "boxes1",
            "boxes2",
            "classes",
            "landmarks",
            "mesh_anchors",
            "mesh.Mesh68",
            "mesh.Mesh1k",
            "mesh_basis.Mesh1k",
            "mesh_mean.Mesh1k");
    assertThat(output(outputs, "boxes1").shape()).containsExactly(batch, anchors, 4);
    assertThat(output(outputs, "boxes2").shape()).containsExactly(batch, anchors, 4);
    assertThat(output(outputs, "classes").shape()).containsExactly(batch, anchors, 2);
    assertThat(output(outputs, "landmarks").shape()).containsExactly(batch, anchors, 10);
    assertThat(output(outputs, "mesh_anchors").shape()).containsExactly(batch, faces);
    assertThat(output(outputs, "mesh.Mesh68").shape()).containsExactly(batch, faces, 204);
    assertThat(output(outputs, "mesh.Mesh1k").shape()).containsExactly(batch, faces, 40);
    assertThat(output(outputs, "mesh_basis.Mesh1k").shape()).containsExactly(40, 3309);
    assertThat(output(outputs, "mesh_mean.Mesh1k").shape()).containsExactly(3309);
    outputs.forEach((name, output) -> assertThat(finite(output.values())).as(name).isTrue());
  }

  /** A mesh head with the landmark head's numbers has to say what that says of those anchors. */
  @ParameterizedTest
  @CsvSource({"SHARED, 256", "PER_LEVEL, 200"})
  void meshesBelongToTheirAnchors(HeadWeights heads, int height) {
    Architecture architecture =
        new Architecture(
            Backbone.MOBILENET_025,
            PAPER.anchors(),
            16,
            Sampling.DEFORMABLE,
            heads,
            2,
            List.of(new Mesh("twin", 4, 10)));
    RandomParameters random = new RandomParameters(3);
    byte[] onnx =
        RetinaFaceNetwork.onnx(
            architecture,
            (name, shape) -> random.tensor(name.replace("mesh.twin", "landmark"), shape));
    int batch = 2;
    Map<String, TrialOutput> outputs = run(onnx, batch, height, 320);
    FloatBuffer landmarks = output(outputs, "landmarks").values();
    FloatBuffer chosen = output(outputs, "mesh_anchors").values();
    FloatBuffer mesh = output(outputs, "mesh.twin").values();
    int anchors = (int) output(outputs, "landmarks").shape()[1];
    int faces = (int) output(outputs, "mesh_anchors").shape()[1];
    Set<Integer> slots = new HashSet<>();
    for (int image = 0; image < batch; image++) {
      for (int face = 0; face < faces; face++) {
        int anchor = (int) chosen.get(image * faces + face);
        slots.add(anchor % 3);
        for (int value = 0; value < 10; value++) {
          assertThat(mesh.get((image * faces + face) * 10 + value))
              .isCloseTo(
                  landmarks.get((image * anchors + anchor) * 10 + value), Offset.offset(1e-4f));
        }
      }
    }
    assertThat(slots).hasSize(3);
  }

  @Test
  void whatIsWrittenIsRecognisedAndImported() {
    byte[] onnx = RetinaFaceNetwork.onnx(narrow(PAPER.meshes()), new RandomParameters(1));
    ModelImport imported =
        ModelImport.of(onnx, "paper.onnx", RecognitionOptions.BY_FILE, Preprocessing.FOLDED);
    RetinaFaceFamily family = (RetinaFaceFamily) imported.model().family();
    assertThat(family.with(PAPER.family().meshes(), MeshCode.DIRECT)).isEqualTo(PAPER.family());
    assertThat(family.meshes()).isEqualTo(PAPER.family().meshes());
    assertThat(family.code().bases()).containsOnlyKeys("Mesh1k");
    assertThat(family.code().bases().get("Mesh1k"))
        .isEqualTo(
            new MeshBasis(
                new RandomParameters(1).tensor("mesh.Mesh1k.mean", 3309),
                new RandomParameters(1).tensor("mesh.Mesh1k.basis", 40, 3309)));
    assertThat(imported.model().size().multiple()).isEqualTo(1);
    OnnxFile file = OnnxFile.parse(imported.onnx(), "folded.onnx");
    assertThat(file.signature().outputs().get(4).text())
        .isEqualTo("mesh_anchors float [batch, anchors_4]");
    assertThat(file.metadata())
        .containsEntry(
            "retinaspark.network",
            "mobilenet-0.25, 5 levels of 16 channels, deformable context, shared heads, Mesh68:68,"
                + " Mesh1k:1103:40, 2 stages");
  }

  @Test
  void likeliestAnchorsOfEachLevelAreChosen() {
    byte[] onnx = RetinaFaceNetwork.onnx(narrow(PAPER.meshes()), new RandomParameters(1));
    Map<String, TrialOutput> outputs = run(onnx, 1, 128, 160);
    FloatBuffer classes = output(outputs, "classes").values();
    FloatBuffer chosen = output(outputs, "mesh_anchors").values();
    int start = 0;
    int from = 0;
    for (AnchorLevel level : PAPER.anchors()) {
      int count = (int) level.count(160, 128);
      List<Float> scores = new ArrayList<>();
      for (int anchor = start; anchor < start + count; anchor++) {
        scores.add(classes.get(2 * anchor + 1));
      }
      scores.sort((one, other) -> Float.compare(other, one));
      int most = Math.min(count, MeshHeads.MOST_WITH_VERTICES);
      for (int rank = 0; rank < most; rank++) {
        int anchor = (int) chosen.get(from + rank);
        assertThat(anchor).isBetween(start, start + count - 1);
        assertThat(classes.get(2 * anchor + 1)).isEqualTo(scores.get(rank));
      }
      start += count;
      from += most;
    }
    assertThat(from).isEqualTo(chosen.limit());
  }

  private static Architecture narrow(List<Mesh> meshes) {
    return new Architecture(
        Backbone.MOBILENET_025,
        PAPER.anchors(),
        16,
        Sampling.DEFORMABLE,
        HeadWeights.SHARED,
        2,
        meshes);
  }

  private static boolean finite(FloatBuffer values) {
    for (int index = 0; index < values.limit(); index++) {
      if (!Float.isFinite(values.get(index))) {
        return false;
      }
    }
    return true;
  }

  private static TrialOutput output(Map<String, TrialOutput> outputs, String name) {
    return Objects.requireNonNull(outputs.get(name));
  }

  private static Map<String, TrialOutput> run(byte[] onnx, int batch, int height, int width) {
    SplittableRandom random = new SplittableRandom(height);
    ByteBuffer image =
        ByteBuffer.allocate(batch * 3 * height * width * Float.BYTES)
            .order(ByteOrder.nativeOrder());
    while (image.hasRemaining()) {
      image.putFloat(random.nextInt(256) - 120);
    }
    try (TrialSession session = TrialSession.open(onnx)) {
      return session.run(
          "image", ElementType.FLOAT, image.flip(), new long[] {batch, 3, height, width});
    }
  }
}
