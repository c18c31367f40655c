package org.retinaspark.udf.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.retinaspark.udf.model.RecognitionOptions.BY_FILE;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.retinaspark.udf.image.Pixels;

/** A family's outputs are put in its order, in whatever order and by whatever names they come. */
final class OutputOrderTest {

  @Test
  void declaredSizesOrderInsightFaceOutputsAgainstTheirOrderInTheFile() {
    ModelProto.Builder model = ModelImportTest.parse(TinyModels.insightFaceFamily()).toBuilder();
    List<ValueInfoProto> outputs = new ArrayList<>(model.getGraph().getOutputList());
    Collections.reverse(outputs);
    model.getGraphBuilder().clearOutput().addAllOutput(outputs);
    assertThat(describe(model.build().toByteArray()).outputs())
        .isEqualTo(describe(TinyModels.insightFaceFamily()).outputs());
  }

  @ParameterizedTest
  @MethodSource("levels")
  void levelsAreSeenInARunWhereNeitherSizesNorNamesTell(byte[] model) {
    ModelProto.Builder odd = ModelImportTest.parse(model).toBuilder();
    List<ValueInfoProto> outputs = new ArrayList<>();
    for (ValueInfoProto output : odd.getGraph().getOutputList()) {
      String name = "output of another name, the " + outputs.size() + ".";
      odd.getGraphBuilder()
          .addNodeBuilder()
          .setOpType("Identity")
          .addInput(output.getName())
          .addOutput(name);
      outputs.add(output.toBuilder().setName(name).build());
    }
    Collections.reverse(outputs);
    odd.getGraphBuilder().clearOutput().addAllOutput(outputs);
    byte[] bytes = odd.build().toByteArray();
    Pixels photo = SquarePhoto.of(320, 320, SquarePhoto.square(100, 60, 32));
    assertThat(TinyModelsTest.faces(bytes, photo))
        .hasSize(1)
        .isEqualTo(TinyModelsTest.faces(model, photo));
    assertThat(ModelInspection.of(bytes, "a.onnx", BY_FILE).text())
        .contains("by signature, seen in a run");
  }

  static Stream<byte[]> levels() {
    return Stream.of(TinyModels.scrfdFamily(), TinyPointModels.yunetFamily());
  }

  @Test
  void centerFaceByTheOrderOfItsOutputsUnlessANameSaysOffset() {
    ModelProto.Builder model =
        ModelImportTest.parse(TinyPointModels.centerFaceFamily()).toBuilder();
    assertThat(describe(model.build().toByteArray()).outputs())
        .containsExactly("537", "538", "539", "540");
    List<ValueInfoProto> outputs = new ArrayList<>(model.getGraph().getOutputList());
    Collections.swap(outputs, 0, 3);
    model.getGraphBuilder().clearOutput().addAllOutput(outputs);
    assertThat(describe(model.build().toByteArray()).outputs())
        .containsExactly("537", "538", "539", "540");
    model
        .getGraphBuilder()
        .addNode(NodeProto.newBuilder().setOpType("Identity").addInput("539").addOutput("Offsets"))
        .setOutput(2, outputs.get(1))
        .setOutput(1, outputs.get(2).toBuilder().setName("Offsets"));
    assertThat(describe(model.build().toByteArray()).outputs())
        .containsExactly("537", "538", "Offsets", "540");
  }

  @Test
  void yunetWhateverTheOrderOfItsOutputs() {
    ModelProto.Builder model = ModelImportTest.parse(TinyPointModels.yunetFamily()).toBuilder();
    List<ValueInfoProto> outputs = new ArrayList<>(model.getGraph().getOutputList());
    Collections.reverse(outputs);
    model.getGraphBuilder().clearOutput().addAllOutput(outputs);
    assertThat(describe(model.build().toByteArray()).outputs())
        .startsWith("obj_8", "obj_16", "obj_32", "cls_8", "cls_16", "cls_32", "bbox_8", "bbox_16");
  }

  private static ModelDescription describe(byte[] model) {
    return ModelRecognition.describe(model, "a.onnx", BY_FILE);
  }
}
