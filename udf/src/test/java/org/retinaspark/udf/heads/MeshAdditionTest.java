package org.retinaspark.udf.heads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.retinaspark.udf.detect.MeshTopology;
import org.retinaspark.udf.detect.family.ClassOutput;
import org.retinaspark.udf.detect.family.MeshBasis;
import org.retinaspark.udf.detect.family.PyTorchFamily;
import org.retinaspark.udf.detect.family.RetinaFaceFamily;
import org.retinaspark.udf.graph.InvalidModelException;
import org.retinaspark.udf.graph.OnnxFile;
import org.retinaspark.udf.model.ModelDescription;
import org.retinaspark.udf.model.ModelImport;
import org.retinaspark.udf.model.RecognitionOptions;
import org.retinaspark.udf.network.HeadWeights;
import org.retinaspark.udf.network.Mesh;
import org.retinaspark.udf.runtime.TrialSession.TrialOutput;

final class MeshAdditionTest {

  private static final int COEFFICIENTS = 5;
  private static final MeshTopology MESH = MeshTopology.MESH68;

  @ParameterizedTest
  @CsvSource({"33, 47", "320, 288"})
  void pytorchModelBecomesRetinaFaceWithTheSameDetection(int height, int width) {
    assertMesh(HeadModels.pytorch(), height, width);
  }

  @Test
  void publishedModelsTakeAMesh() throws IOException {
    assertMesh(HeadModels.shared("retinaface_mnet025_dynamic.onnx"), 237, 411);
    assertMesh(HeadModels.shared("retinaface_mnet025_yakhyo_mit.onnx"), 237, 411);
  }

  @ParameterizedTest
  @CsvSource({"PER_LEVEL, 1", "SHARED, 2"})
  void meshTakesThePlaceOfAnother(HeadWeights weights, int stages) {
    assertMesh(HeadModels.retinaface(weights, stages, new Mesh("Old", 7, 0)), 97, 131);
  }

  /** Rows are what the head makes of the features of their anchors; detection stays as it was. */
  private static void assertMesh(byte[] onnx, int height, int width) {
    TrainableModel model = HeadModels.trainable(onnx);
    MeshHead mesh = FittedMeshes.random(model, MESH, COEFFICIENTS);
    byte[] trained = model.with(new FittedHeads(Map.of(), mesh), Map.of());
    ModelDescription described = HeadModels.described(trained);
    RetinaFaceFamily family = (RetinaFaceFamily) described.family();
    assertThat(family.meshes()).containsExactly(MESH);
    assertThat(family.code().bases().get(MESH.name()))
        .isEqualTo(new MeshBasis(mesh.mean(), mesh.basis()));

    FeatureModel features = HeadModels.trainable(trained).withFeatures();
    Map<String, TrialOutput> outputs =
        HeadModels.run(features.onnx(), features.model(), height, width);
    Map<String, TrialOutput> before =
        HeadModels.run(onnx, HeadModels.described(onnx), height, width);
    int own = family.isCascade() ? 4 : 3;
    for (int output = 0; output < own; output++) {
      String name = HeadModels.described(onnx).outputs().get(output);
      assertThat(HeadModels.values(outputs, described.outputs().get(output)))
          .as(name)
          .isEqualTo(HeadModels.values(before, name));
    }
    int compared = new MeshRowsCheck(features, mesh.coefficients(), height, width).run(outputs);
    assertThat(compared).isPositive();
  }

  @Test
  void meshIsImportedAsItIs() {
    TrainableModel model = HeadModels.trainable(HeadModels.pytorch());
    MeshHead mesh = FittedMeshes.random(model, MESH, COEFFICIENTS);
    byte[] trained = model.with(new FittedHeads(Map.of(), mesh), Map.of());
    byte[] imported = ModelImport.of(trained, "a.onnx", RecognitionOptions.BY_FILE).onnx();
    RetinaFaceFamily family = (RetinaFaceFamily) HeadModels.described(imported).family();
    assertThat(family.code().bases()).containsOnlyKeys(MESH.name());
    assertThat(family).isEqualTo(HeadModels.described(trained).family());
  }

  @ParameterizedTest
  @CsvSource({"33, 47", "320, 288"})
  void logitsBecomeProbabilities(int height, int width) {
    // Without its softmax the network gives logits.
    OnnxFile file = OnnxFile.parse(HeadModels.pytorch(), "a.onnx");
    byte[] logits = BasisFiles.withoutSoftmax(file);
    assertThat(HeadModels.described(logits).family())
        .isEqualTo(new PyTorchFamily(ClassOutput.LOGITS));
    TrainableModel model = HeadModels.trainable(logits);
    MeshHead mesh = FittedMeshes.random(model, MESH, COEFFICIENTS);
    byte[] trained = model.with(new FittedHeads(Map.of(), mesh), Map.of());
    float[] expected =
        HeadModels.values(
            HeadModels.run(file.bytes(), HeadModels.described(file.bytes()), height, width),
            "classes");
    float[] actual =
        HeadModels.values(
            HeadModels.run(trained, HeadModels.described(trained), height, width), "classes");
    assertThat(actual).hasSameSizeAs(expected);
    for (int index = 0; index < actual.length; index++) {
      assertThat(actual[index]).isCloseTo(expected[index], within(1e-6f));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "NAN|a basis of meshes with a number that is not finite",
        "SHORT|are not floats of [204] and [5, 204]",
        "INTEGERS|are not floats of [204] and [5, 204]",
        "ABSENT_MEAN|are not floats of [204] and [5, 204]",
        "VAST|a basis of 1 to 82241 is what it may have"
      })
  void brokenBasisIsNamed(BasisFiles.Fault fault, String message) {
    TrainableModel model = HeadModels.trainable(HeadModels.pytorch());
    MeshHead mesh = FittedMeshes.random(model, MESH, COEFFICIENTS);
    byte[] trained = model.with(new FittedHeads(Map.of(), mesh), Map.of());
    byte[] broken = BasisFiles.with(fault, trained);
    assertThatThrownBy(() -> HeadModels.described(broken))
        .isInstanceOf(InvalidModelException.class)
        .hasMessageContaining("Mesh68")
        .hasMessageContaining(message);
  }

  @Test
  void headOfOtherLevelsIsRefused() {
    TrainableModel model = HeadModels.trainable(HeadModels.pytorch());
    TrainableModel other = HeadModels.trainable(HeadModels.retinaface(HeadWeights.PER_LEVEL, 1));
    MeshHead mesh = FittedMeshes.random(other, MESH, COEFFICIENTS);
    assertThatThrownBy(() -> model.with(new FittedHeads(Map.of(), mesh), Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a head of sizes x values x channels 3x5x16");
  }

  @Test
  void verticesAreMeanAndCoefficientsTimesBasis() {
    float[] mean = {1, 2, 3};
    float[] basis = {1, 0, 0, 0, 10, 100};
    float[] vertices = new MeshBasis(mean, basis).vertices(new float[] {5, 2});
    assertThat(vertices[0]).isCloseTo(6, within(0f));
    assertThat(vertices[1]).isCloseTo(22, within(0f));
    assertThat(vertices[2]).isCloseTo(203, within(0f));
  }
}
