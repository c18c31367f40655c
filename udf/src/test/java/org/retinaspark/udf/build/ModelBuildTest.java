package org.retinaspark.udf.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.retinaspark.udf.graph.OnnxFile;
import org.retinaspark.udf.model.ModelImport;
import org.retinaspark.udf.model.Preprocessing;
import org.retinaspark.udf.network.Architecture;
import org.retinaspark.udf.network.Backbone;
import org.retinaspark.udf.runtime.ElementType;
import org.retinaspark.udf.runtime.TrialSession;
import org.retinaspark.udf.weights.WeightFile;

class ModelBuildTest {

  private static final List<String> OUTPUTS = List.of("boxes", "classes", "landmarks");

  @ParameterizedTest
  @CsvSource({"mobilenet025,MOBILENET_025", "resnet50,RESNET_50"})
  void givesWhatPyTorchGives(String network, Backbone backbone) {
    byte[] content = ReferenceNetwork.file(network + ".txt").bytes();
    WeightFile file = WeightFile.read(content, network);
    NamedWeights weights = NamedWeights.of(file);
    assertThat(weights.architecture()).isEqualTo(Architecture.pytorch(backbone));
    ModelImport model = built(weights, file, content);
    assertThat(model.model().outputs()).isEqualTo(OUTPUTS);
    FloatBuffer expected = ReferenceNetwork.outputs(network + ".f32");
    Map<String, TrialSession.TrialOutput> outputs = run(model);
    for (String name : OUTPUTS) {
      FloatBuffer output = Objects.requireNonNull(outputs.get(name)).values();
      float[] actual = new float[output.remaining()];
      output.get(actual);
      for (float value : actual) {
        float reference = expected.get();
        Offset<Float> tolerance = Offset.offset(1e-4f * Math.max(1, Math.abs(reference)));
        assertThat(value).as(name).isCloseTo(reference, tolerance);
      }
    }
    assertThat(expected.hasRemaining()).isFalse();
  }

  @Test
  void saysInTheFileWhatItIsMadeOf() {
    byte[] content = ReferenceNetwork.file("mobilenet025.txt").bytes();
    WeightFile file = WeightFile.read(content, "mine.safetensors");
    ModelImport model = built(NamedWeights.of(file), file, content);
    assertThat(OnnxFile.parse(model.onnx(), "built").metadata())
        .containsEntry("retinaspark.source_sha256", OnnxFile.sha256(content))
        .containsEntry(
            "retinaspark.weights",
            "mine.safetensors (safetensors, names of biubug6/Pytorch_Retinaface)")
        .containsEntry("retinaspark.family", "pytorch")
        .containsEntry("retinaspark.mean", "104,117,123");
    assertThat(built(NamedWeights.of(file), file, content).onnx()).isEqualTo(model.onnx());
  }

  @Test
  void randomOnesAreTheSameForASeed() {
    Architecture architecture = Architecture.pytorch(Backbone.MOBILENET_025);
    byte[] first = ModelBuild.random(architecture, 7, Preprocessing.AS_IS, "a.onnx").onnx();
    assertThat(ModelBuild.random(architecture, 7, Preprocessing.AS_IS, "b.onnx").onnx())
        .isEqualTo(first);
    assertThat(ModelBuild.random(architecture, 8, Preprocessing.AS_IS, "a.onnx").onnx())
        .isNotEqualTo(first);
    assertThat(OnnxFile.parse(first, "a.onnx").metadata())
        .containsEntry("retinaspark.weights", "random, seed 7")
        .doesNotContainKey("retinaspark.source_sha256");
  }

  @Test
  void takesPixelsIfAsked() {
    ModelImport model =
        ModelBuild.random(
            Architecture.pytorch(Backbone.MOBILENET_025), 7, Preprocessing.FOLDED, "a.onnx");
    assertThat(model.model().format().layout().text(model.model().size()))
        .isEqualTo("uint8 [any, any, any, 3]");
  }

  private static ModelImport built(NamedWeights weights, WeightFile file, byte[] content) {
    return ModelBuild.of(
        weights.architecture(), weights, file, content, Preprocessing.AS_IS, "built.onnx");
  }

  private static Map<String, TrialSession.TrialOutput> run(ModelImport model) {
    try (TrialSession session = TrialSession.open(model.onnx())) {
      return session.run(
          model.model().input(),
          ElementType.FLOAT,
          ReferenceNetwork.image(),
          new long[] {1, 3, ReferenceNetwork.HEIGHT, ReferenceNetwork.WIDTH});
    }
  }
}
