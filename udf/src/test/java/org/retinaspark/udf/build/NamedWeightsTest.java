package org.retinaspark.udf.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.retinaspark.udf.network.Architecture;
import org.retinaspark.udf.network.Backbone;
import org.retinaspark.udf.network.HeadWeights;
import org.retinaspark.udf.network.Mesh;
import org.retinaspark.udf.network.RetinaFaceNetwork;
import org.retinaspark.udf.network.Sampling;
import org.retinaspark.udf.weights.WeightFileException;

class NamedWeightsTest {

  private static final Architecture MOBILENET = Architecture.pytorch(Backbone.MOBILENET_025);

  @Test
  void knowsTheNamesOfParallelTraining() {
    StateDictFile file = ReferenceNetwork.file("mobilenet025.txt");
    assertThat(onnx(file.prefixed("module."))).isEqualTo(onnx(file));
  }

  @Test
  void knowsYakhyosNames() {
    StateDictFile reference = ReferenceNetwork.file("mobilenet025.txt");
    StateDictFile file = new StateDictFile();
    // Both list the same layers in the same order.
    List<String> names = List.copyOf(ReferenceNetwork.shapes("mobilenet025.txt").keySet());
    List<String> theirs = List.copyOf(ReferenceNetwork.shapes("yakhyo_mobilenet025.txt").keySet());
    ReferenceNetwork.shapes("yakhyo_mobilenet025.txt")
        .forEach(
            (name, shape) ->
                file.put(name, reference.values(names.get(theirs.indexOf(name))), shape));
    NamedWeights weights = NamedWeights.of(file.read());
    assertThat(weights.whose()).isEqualTo("yakhyo/retinaface-pytorch");
    assertThat(weights.architecture()).isEqualTo(MOBILENET);
    assertThat(onnx(file)).isEqualTo(onnx(reference));
  }

  static Stream<Architecture> ownNetworks() {
    Architecture paper =
        Architecture.paper(
            Backbone.MOBILENET_025,
            List.of(new Mesh("Mesh68", 68, 0), new Mesh("Mesh1k", 1103, 40)));
    return Stream.of(
        MOBILENET,
        paper,
        new Architecture(
            Backbone.MOBILENET_025,
            paper.anchors(),
            64,
            Sampling.REGULAR,
            HeadWeights.PER_LEVEL,
            1,
            List.of()));
  }

  @ParameterizedTest
  @MethodSource("ownNetworks")
  void knowsItsOwnNames(Architecture architecture) {
    StateDictFile file = new StateDictFile();
    RetinaFaceNetwork.onnx(
        architecture,
        (name, shape) -> {
          float[] values = ReferenceNetwork.value(name, shape);
          file.put(name, name.endsWith(".variance") ? ones(values.length) : values, shape);
          return values;
        });
    NamedWeights weights = NamedWeights.of(file.read());
    assertThat(weights.architecture()).isEqualTo(architecture);
    FileParameters parameters = weights.parameters(architecture.backbone());
    RetinaFaceNetwork.onnx(architecture, parameters);
    parameters.requireAll();
  }

  private static float[] ones(int length) {
    float[] ones = new float[length];
    Arrays.fill(ones, 1);
    return ones;
  }

  @Test
  void passesOverCountersAndTheClassifierAlone() {
    StateDictFile file = ReferenceNetwork.file("mobilenet025.txt");
    file.put("body.fc.weight", new float[2], 2).put("body.fc.bias", new float[1], 1);
    parameters(file).requireAll();
    file.put("body.fc.extra", new float[1], 1);
    refused(file, "1 unknown ('body.fc.extra')");
  }

  @Test
  void listsAllThatIsWrongInOneError() {
    StateDictFile file = ReferenceNetwork.file("mobilenet025.txt");
    file.remove("fpn.merge1.0.weight").remove("ClassHead.2.conv1x1.bias");
    file.put("body.stage1.0.0.weight", new float[24], 8, 3, 1, 1);
    file.put("body.stage4.0.weight", new float[1], 1).put("evil\u202e", new float[1], 1);
    refused(
        file,
        "by the names of biubug6/Pytorch_Retinaface its tensors are not those of this network: ",
        "2 missing ('fpn.merge1.0.weight' [64, 64, 3, 3], 'ClassHead.2.conv1x1.bias' [4])",
        "1 of another shape ('body.stage1.0.0.weight' is [8, 3, 1, 1], not [8, 3, 3, 3])",
        "2 unknown ('body.stage4.0.weight', 'evil?')");
  }

  @Test
  void listsTenOfAKind() {
    StateDictFile file = ReferenceNetwork.file("mobilenet025.txt");
    for (int number = 0; number < 25; number++) {
      file.put("extra." + number, new float[1], 1);
    }
    refused(file, "25 unknown ('extra.0', ", "'extra.9', and 15 more)");
  }

  @Test
  void refusesValuesThatNoNetworkHas() {
    StateDictFile file = ReferenceNetwork.file("mobilenet025.txt");
    file.values("fpn.merge1.0.weight")[5] = Float.NaN;
    file.values("ssh1.conv3X3.1.running_var")[3] = -1;
    refused(
        file,
        "2 with values that no network can have",
        "'fpn.merge1.0.weight' has NaN",
        "'ssh1.conv3X3.1.running_var' has -1.0");
  }

  @Test
  void saysWhatNamesItFoundWhereItKnowsNone() {
    StateDictFile file = new StateDictFile().put("conv1.weight", new float[1], 1);
    assertThatThrownBy(() -> NamedWeights.of(file.read()))
        .isInstanceOf(WeightFileException.class)
        .hasMessage(
            "weights 'weights.safetensors' can't be used: its 1 tensors ('conv1.weight') have the"
                + " names of no RetinaFace that is known");
    file.put("body.conv9.weight", new float[1], 1);
    assertThatThrownBy(() -> NamedWeights.of(file.read()).architecture())
        .isInstanceOf(WeightFileException.class)
        .hasMessageContaining("don't tell the backbone: give --architecture where");
    file.put("module.conv1.weight", new float[1], 1);
    assertThatThrownBy(() -> NamedWeights.of(file.read()))
        .hasMessageContaining("'conv1.weight' is there with and without 'module.'");
  }

  private static FileParameters parameters(StateDictFile file) {
    FileParameters parameters = NamedWeights.of(file.read()).parameters(Backbone.MOBILENET_025);
    RetinaFaceNetwork.onnx(MOBILENET, parameters);
    return parameters;
  }

  private static byte[] onnx(StateDictFile file) {
    FileParameters parameters = NamedWeights.of(file.read()).parameters(Backbone.MOBILENET_025);
    byte[] onnx = RetinaFaceNetwork.onnx(MOBILENET, parameters);
    parameters.requireAll();
    return onnx;
  }

  private static void refused(StateDictFile file, String... faults) {
    FileParameters parameters = parameters(file);
    assertThatThrownBy(parameters::requireAll)
        .isInstanceOf(WeightFileException.class)
        .hasMessageStartingWith("weights 'weights.safetensors' can't be used: ")
        .hasMessageContainingAll(faults);
  }
}
