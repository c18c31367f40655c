package org.retinaspark.udf.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.retinaspark.udf.detect.family.MeshBasis;
import org.retinaspark.udf.runtime.ElementType;
import org.retinaspark.udf.runtime.TrialSession;
import org.retinaspark.udf.runtime.TrialSession.TrialOutput;

/**
 * The paper's network against one that PyTorch runs layer by layer ({@code paper.py}, beside {@code
 * paper.csv}, which it wrote): pyramid to P6, deformable convolutions, two stages, meshes of the
 * chosen anchors against those of all.
 */
class PaperReferenceTest {

  private static final int HEIGHT = 97;
  private static final int WIDTH = 131;
  private static final Offset<Float> CLOSE = Offset.offset(2e-5f);

  @Test
  void outputsAreThoseOfPyTorch() throws IOException {
    byte[] onnx =
        RetinaFaceNetwork.onnx(
            Architecture.paper(
                Backbone.MOBILENET_025,
                List.of(new Mesh("Mesh68", 68, 0), new Mesh("Mesh1k", 1103, 40))),
            new RandomParameters(1));
    Map<String, TrialOutput> outputs;
    try (TrialSession session = TrialSession.open(onnx)) {
      outputs = session.run("image", ElementType.FLOAT, image(), new long[] {1, 3, HEIGHT, WIDTH});
    }
    Map<Integer, Integer> rows = new HashMap<>();
    FloatBuffer chosen = output(outputs, "mesh_anchors").values();
    for (int row = 0; row < chosen.limit(); row++) {
      rows.put((int) chosen.get(row), row);
    }
    Set<String> compared = new HashSet<>();
    for (String line : golden()) {
      String[] fields = line.split(",", -1);
      TrialOutput output = output(outputs, fields[0]);
      Integer anchor = Integer.valueOf(fields[1]);
      // Most anchors have no mesh.
      Integer row = fields[0].startsWith("mesh.") ? rows.get(anchor) : anchor;
      if (row != null) {
        float[] values = new float[(int) output.shape()[2]];
        output.values().get(row * values.length, values);
        float value =
            fields[0].equals("mesh.Mesh1k")
                ? vertices(outputs, values)[Integer.parseInt(fields[2])]
                : values[Integer.parseInt(fields[2])];
        assertThat(value).as(line).isCloseTo(Float.valueOf(fields[3]), CLOSE);
        compared.add(fields[0]);
      }
    }
    assertThat(compared)
        .containsExactlyInAnyOrder(
            "boxes1", "boxes2", "classes", "landmarks", "mesh.Mesh68", "mesh.Mesh1k");
  }

  private static float[] vertices(Map<String, TrialOutput> outputs, float[] coefficients) {
    float[] mean = new float[3309];
    float[] basis = new float[40 * 3309];
    output(outputs, "mesh_mean.Mesh1k").values().get(0, mean);
    output(outputs, "mesh_basis.Mesh1k").values().get(0, basis);
    return new MeshBasis(mean, basis).vertices(coefficients);
  }

  private static TrialOutput output(Map<String, TrialOutput> outputs, String name) {
    return Objects.requireNonNull(outputs.get(name));
  }

  /** The image of {@code paper.py}. */
  private static ByteBuffer image() {
    ByteBuffer image =
        ByteBuffer.allocate(3 * HEIGHT * WIDTH * Float.BYTES).order(ByteOrder.nativeOrder());
    for (int channel = 0; channel < 3; channel++) {
      for (int row = 0; row < HEIGHT; row++) {
        for (int column = 0; column < WIDTH; column++) {
          image.putFloat((37 * channel + 11 * row + 17 * column) % 256 - 120);
        }
      }
    }
    return image.flip();
  }

  private static List<String> golden() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(PaperReferenceTest.class.getResourceAsStream("paper.csv"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }
}
