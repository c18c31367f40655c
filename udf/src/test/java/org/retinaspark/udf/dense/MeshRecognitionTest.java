package org.retinaspark.udf.dense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.retinaspark.udf.detect.MeshTopology;
import org.retinaspark.udf.graph.NetworkBuilder;
import org.retinaspark.udf.input.ChannelOrder;
import org.retinaspark.udf.input.TensorLayout;
import org.retinaspark.udf.model.TinyModels;
import org.retinaspark.udf.model.UnknownModelException;

class MeshRecognitionTest {

  @Test
  void faceMeshIsKnownByItsSignature() {
    MeshModel model = MeshRecognition.describe(MeshNetworks.faceMesh("batch"), "a.onnx");

    assertThat(model.family()).isEqualTo(new FaceMeshFamily(ScoreOutput.LOGIT));
    assertThat(model.topology()).map(MeshTopology::name).hasValue("FaceMesh468");
    assertThat(model.crop()).isEqualTo(new CropRecipe(192, 1.3, CropRecipe.Turn.EYES));
    assertThat(model.format().channels()).isEqualTo(ChannelOrder.RGB);
    assertThat(model.format().scale()).isEqualTo(1 / 255f);
    assertThat(model.ports().outputs()).containsExactly("points", "presence");
    assertThat(model.ports().batchLimit()).isEqualTo(Integer.MAX_VALUE);
    assertThat(model.givesLandmarks68()).isFalse();
    assertThat(model.kind().shape()).containsExactly(3, 192, 192);
  }

  @Test
  void aScoreBehindASigmoidIsAProbability() {
    byte[] onnx = MeshNetworks.faceMesh("1", new float[FaceMeshFamily.VALUES], "Sigmoid");

    MeshModel model = MeshRecognition.describe(onnx, "a.onnx");

    assertThat(model.family()).isEqualTo(new FaceMeshFamily(ScoreOutput.PROBABILITY));
    assertThat(model.ports().batchLimit()).isEqualTo(1);
  }

  @Test
  void insightFacesPointsAreMesh68() {
    MeshModel model = MeshRecognition.describe(MeshNetworks.dense68("batch"), "a.onnx");

    assertThat(model.family()).isEqualTo(new Dense68Family());
    assertThat(model.topology()).hasValue(MeshTopology.MESH68);
    assertThat(model.crop()).isEqualTo(new CropRecipe(192, 1.5, CropRecipe.Turn.NONE));
    assertThat(model.format().mean()).containsExactly(127.5f, 127.5f, 127.5f);
    assertThat(model.format().scale()).isEqualTo(1 / 128f);
    assertThat(model.givesLandmarks68()).isTrue();
  }

  @Test
  void aGraphThatNormalisesItselfGetsPixels() {
    NetworkBuilder network = new NetworkBuilder();
    String input = network.input("data", "1", "3", "192", "192");
    String shifted = network.node("Sub", List.of(input, network.floats(List.of(1L), 127.5f)));
    String scaled = network.node("Mul", List.of(shifted, network.floats(List.of(1L), 0.0078f)));
    String pooled = network.reshape(network.node("GlobalAveragePool", List.of(scaled)), 1, 3);
    String[] repeated = new String[1103];
    java.util.Arrays.fill(repeated, pooled);
    network.output(network.along("Concat", 1, repeated), "fc1", "1", "3309");

    MeshModel model = MeshRecognition.describe(network.model().toByteArray(), "a.onnx");

    assertThat(model.format().mean()).containsExactly(0f, 0f, 0f);
    assertThat(model.format().scale()).isEqualTo(1);
  }

  @Test
  void pointsInTwoDimensionsAreNoMesh() {
    MeshModel model = MeshRecognition.describe(MeshNetworks.points68("batch"), "a.onnx");

    assertThat(model.family()).isEqualTo(new Points68Family());
    assertThat(model.topology()).isEmpty();
    assertThat(model.givesLandmarks68()).isTrue();
    assertThat(model.kind().shape()).containsExactly(3, 112, 112);
  }

  @Test
  void channelsMayComeLast() {
    NetworkBuilder network = new NetworkBuilder();
    String input = network.input("data", "1", "112", "112", "3");
    String planes = network.transpose(input, 0, 3, 1, 2);
    String pooled = network.reshape(network.node("GlobalAveragePool", List.of(planes)), 1, 3);
    String weights = network.floats(List.of(3L, 136L), new float[3 * 136]);
    network.output(network.node("MatMul", List.of(pooled, weights)), "points", "1", "136");

    MeshModel model = MeshRecognition.describe(network.model().toByteArray(), "a.onnx");

    assertThat(model.format().layout()).isEqualTo(TensorLayout.INTERLEAVED);
    assertThat(model.kind().shape()).containsExactly(112, 112, 3);
  }

  @Test
  void outputsThatAreNotDeclaredAreSeenInARun() {
    NetworkBuilder network = new NetworkBuilder();
    String input = network.input("data", "batch", "3", "112", "112");
    String pooled = network.reshape(network.node("GlobalAveragePool", List.of(input)), -1, 3);
    String weights = network.floats(List.of(3L, 136L), new float[3 * 136]);
    network.output(network.node("MatMul", List.of(pooled, weights)), "points", "batch", "many");

    MeshModel model = MeshRecognition.describe(network.model().toByteArray(), "a.onnx");

    assertThat(model.family()).isEqualTo(new Points68Family());
  }

  @Test
  void anythingElseIsRefusedWithWhatIsKnown() {
    assertThatThrownBy(() -> MeshRecognition.describe(TinyModels.pytorchFamily(), "b.onnx"))
        .isInstanceOf(UnknownModelException.class)
        .hasMessageContaining("'b.onnx' is no mesh or landmark network that is understood")
        .hasMessageContaining("not one square crop of a declared size")
        .hasMessageContaining("facemesh  [batch, 3, 192, 192] to 1404 numbers, and a score");
    byte[] twice = MeshNetworks.faceMesh("2");
    assertThatThrownBy(() -> MeshRecognition.describe(twice, "c.onnx"))
        .isInstanceOf(UnknownModelException.class)
        .hasMessageContaining("exactly 2 crops in a run");
  }

  @Test
  void realNetworksAreKnown() throws IOException {
    MeshModel mesh = real("mediapipe_face_landmark_468.onnx");
    assertThat(mesh.family()).isEqualTo(new FaceMeshFamily(ScoreOutput.LOGIT));
    assertThat(mesh.ports().outputs()).containsExactly("conv2d_21", "conv2d_31");
    assertThat(mesh.ports().batchLimit()).isEqualTo(1);
    MeshModel points = real("landmarks_68_pfld.onnx");
    assertThat(points.family()).isEqualTo(new Points68Family());
    assertThat(points.ports().outputs()).containsExactly("output");
  }

  private static MeshModel real(String name) throws IOException {
    Path shared = Path.of(System.getProperty("retinaspark.shared", "absent"));
    assumeTrue(Files.isDirectory(shared.resolve("widerface")), "no reference data in " + shared);
    return MeshRecognition.describe(
        Files.readAllBytes(shared.resolve("models").resolve(name)), name);
  }
}
