package org.retinaspark.udf.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.retinaspark.udf.model.RecognitionOptions.BY_FILE;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.retinaspark.udf.detect.InputSize;
import org.retinaspark.udf.detect.family.ClassOutput;
import org.retinaspark.udf.detect.family.InsightFaceFamily;
import org.retinaspark.udf.detect.family.LandmarkScale;
import org.retinaspark.udf.detect.family.PyTorchFamily;
import org.retinaspark.udf.detect.family.ScrfdFamily;
import org.retinaspark.udf.graph.InvalidModelException;
import org.retinaspark.udf.input.ChannelOrder;
import org.retinaspark.udf.input.InputFormat;

final class ModelRecognitionTest {

  private static final int ANY = InputSize.DYNAMIC;

  @Test
  void pytorchFamilyWhateverTheOrderOfItsOutputs() {
    ModelDescription model = describe(TinyModels.pytorchFamily());
    assertThat(model.family()).isEqualTo(new PyTorchFamily(ClassOutput.PROBABILITIES));
    assertThat(model.outputs()).containsExactly("boxes", "scores", "points");
    assertThat(model.input()).isEqualTo("image");
    assertThat(model.size()).isEqualTo(new InputSize(ANY, ANY, ANY, 1));
    assertThat(model.sha256()).matches("[0-9a-f]{64}");
  }

  @Test
  void logitsAreSeenInTheGraph() {
    assertThat(describe(TinyModels.pytorchLogits()).family())
        .isEqualTo(new PyTorchFamily(ClassOutput.LOGITS));
  }

  @Test
  void insightFaceFamilyWithItsDefaultScale() {
    ModelDescription model = describe(TinyModels.insightFaceFamily());
    assertThat(model.family())
        .isEqualTo(new InsightFaceFamily(InsightFaceFamily.LANDMARK_SCALE_V2));
    assertThat(model.outputs())
        .startsWith("cls_stride32", "bbox_stride32", "landmark_stride32")
        .endsWith("cls_stride8", "bbox_stride8", "landmark_stride8");
    assertThat(model.size()).isEqualTo(new InputSize(1, 640, 640, 32));
  }

  @Test
  void scrfdWhereSizesAreOpen() {
    ModelDescription model = describe(TinyModels.scrfdFamily());
    assertThat(model.family()).isEqualTo(new ScrfdFamily(5));
    assertThat(model.outputs())
        .containsExactly("440", "441", "442", "443", "444", "445", "446", "447", "448");
  }

  @Test
  void scrfdWithoutLandmarks() {
    ModelProto.Builder model = ModelImportTest.parse(TinyModels.scrfdFamily()).toBuilder();
    List<ValueInfoProto> outputs = model.getGraph().getOutputList().subList(0, 6);
    model.getGraphBuilder().clearOutput().addAllOutput(List.copyOf(outputs));
    assertThat(describe(model.build().toByteArray()).family()).isEqualTo(new ScrfdFamily(0));
  }

  @Test
  void modelWithMoreOutputsHasToBeNamed() {
    ModelProto.Builder model = ModelImportTest.parse(TinyModels.pytorchFamily()).toBuilder();
    model
        .getGraphBuilder()
        .addNode(NodeProto.newBuilder().setOpType("Identity").addInput("image").addOutput("copy"))
        .addOutput(model.getGraph().getInput(0).toBuilder().setName("copy"));
    byte[] more = model.build().toByteArray();
    assertThatThrownBy(() -> describe(more)).isInstanceOf(UnknownModelException.class);
    RecognitionOptions named = new RecognitionOptions("pytorch", null, null);
    ModelImport imported = ModelImport.of(more, "a.onnx", named);
    assertThat(imported.model().outputs()).containsExactly("boxes", "scores", "points");
    assertThat(imported.changes()).contains("outputs that the family doesn't have are left out");
  }

  @Test
  void undeclaredShapesAreSeenInARun() {
    ModelProto.Builder model = ModelImportTest.parse(TinyModels.pytorchFamily()).toBuilder();
    for (int index = 0; index < 3; index++) {
      model
          .getGraphBuilder()
          .getOutputBuilder(index)
          .getTypeBuilder()
          .getTensorTypeBuilder()
          .clearShape();
    }
    assertThat(describe(model.build().toByteArray()))
        .extracting(ModelDescription::family, ModelDescription::outputs)
        .containsExactly(
            describe(TinyModels.pytorchFamily()).family(), List.of("boxes", "scores", "points"));
  }

  @Test
  void metadataWinsOverRecognition() {
    byte[] model =
        with(
            TinyModels.pytorchFamily(),
            "retinaspark.channels",
            "RGB",
            "retinaspark.mean",
            "1, 2.5, 3",
            "retinaspark.scale",
            "0.5",
            "retinaspark.multiple",
            "32",
            "retinaspark.class_output",
            "logits");
    assertThat(describe(model).family()).isEqualTo(new PyTorchFamily(ClassOutput.LOGITS));
    assertThat(describe(model).format())
        .isEqualTo(new InputFormat(ChannelOrder.RGB, List.of(1f, 2.5f, 3f), 0.5f));
    assertThat(describe(model).size().multiple()).isEqualTo(32);
  }

  @Test
  void optionsWinOverMetadata() {
    RecognitionOptions options = new RecognitionOptions(null, LandmarkScale.V2, null);
    byte[] model = with(TinyModels.insightFaceFamily(), "retinaspark.landmark_scale", "v1");
    assertThat(((InsightFaceFamily) describe(model).family()).landmarkScale()).isEqualTo(1f);
    assertThat(
            ((InsightFaceFamily) ModelRecognition.describe(model, "a", options).family())
                .landmarkScale())
        .isEqualTo(0.2f);
    byte[] misnamed = with(TinyModels.insightFaceFamily(), "retinaspark.family", "scrfd");
    RecognitionOptions family = new RecognitionOptions("insightface", null, null);
    assertThat(ModelRecognition.describe(misnamed, "a", family).family().name())
        .isEqualTo("insightface");
  }

  @Test
  void metadataOfAnotherFamilyIsAnError() {
    byte[] model = with(TinyModels.pytorchFamily(), "retinaspark.family", "scrfd");
    assertThatThrownBy(() -> describe(model))
        .isInstanceOf(UnknownModelException.class)
        .hasMessageContaining("its family is 'scrfd' by the file's metadata, but its outputs");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "retinaspark.family|mtcnn|one of retinaface, pytorch, insightface, scrfd, yunet,"
            + " centerface",
        "retinaspark.channels|GRB|bgr or rgb",
        "retinaspark.mean|1,2|three numbers with commas between",
        "retinaspark.mean|a,b,c|three numbers with commas between",
        "retinaspark.scale|-1|a positive number",
        "retinaspark.scale|NaN|a positive number",
        "retinaspark.multiple|0|a whole number from 1 to 256",
        "retinaspark.multiple|257|a whole number from 1 to 256",
        "retinaspark.class_output|softmax|probabilities or logits",
        "retinaspark.version|2|'1', the only version that this program knows",
      })
  void brokenMetadataIsNamed(String key, String value, String valid) {
    byte[] model = with(TinyModels.pytorchFamily(), key, value);
    assertThatThrownBy(() -> describe(model))
        .isInstanceOf(InvalidModelException.class)
        .hasMessage(
            "model 'a.onnx' can't be used: its metadata says %s = '%s', but that must be %s"
                .formatted(key, value, valid));
  }

  @Test
  void endlessMetadataIsNotTakenApart() {
    byte[] model = with(TinyModels.pytorchFamily(), "retinaspark.mean", "0".repeat(2000) + "1,2,3");
    assertThatThrownBy(() -> describe(model))
        .isInstanceOf(InvalidModelException.class)
        .hasMessageContaining("but that must be three numbers with commas between");
  }

  @Test
  void optionOfAnotherFamilyIsRefused() {
    RecognitionOptions options = new RecognitionOptions(null, LandmarkScale.V1, null);
    assertThatThrownBy(
            () -> ModelRecognition.describe(TinyModels.pytorchFamily(), "a.onnx", options))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "--landmark-scale v1 is for models of the family 'insightface',"
                + " but 'a.onnx' is of 'pytorch': leave it out");
    assertThatThrownBy(() -> new RecognitionOptions("mtcnn", null, null))
        .hasMessage(
            "--family is 'mtcnn', but must be one of retinaface, pytorch, insightface, scrfd,"
                + " yunet, centerface");
  }

  @Test
  void graphThatNormalisesTakesPixelsAsTheyAre() {
    ModelProto.Builder model = ModelImportTest.parse(TinyModels.pytorchFamily()).toBuilder();
    NodeProto first = model.getGraph().getNode(0);
    model.getGraphBuilder().setNode(0, first.toBuilder().setInput(0, "centred"));
    model
        .getGraphBuilder()
        .addNode(
            0,
            NodeProto.newBuilder()
                .setOpType("Sub")
                .addInput("image")
                .addInput("mean")
                .addOutput("centred"))
        .addInitializerBuilder()
        .setName("mean")
        .setDataType(1)
        .addDims(1)
        .addDims(3)
        .addDims(1)
        .addDims(1)
        .addAllFloatData(List.of(123f, 117f, 104f));
    assertThat(describe(model.build().toByteArray()).format())
        .isEqualTo(new InputFormat(ChannelOrder.RGB, List.of(0f, 0f, 0f), 1));
  }

  @Test
  void unknownModelIsShownAsItIs() {
    assertThatThrownBy(() -> describe(TinyModels.unknown()))
        .isInstanceOf(UnknownModelException.class)
        .hasMessageContaining("model 'a.onnx' is no face detector that is understood")
        .hasMessageContaining("  input   image float [batch, 3, height, width]\n")
        .hasMessageContaining("  output  classes float [batch, 3]\n")
        .hasMessageContaining("  pytorch     [batch, anchors, 4], [batch, anchors, 2] and")
        .hasMessageContaining("--family retinaface|pytorch|insightface|scrfd|yunet|centerface")
        .hasMessageContaining("model import FILE -o OUT --family NAME");
  }

  private static ModelDescription describe(byte[] model) {
    return ModelRecognition.describe(model, "a.onnx", BY_FILE);
  }

  private static byte[] with(byte[] model, String... entries) {
    ModelProto.Builder builder = ModelImportTest.parse(model).toBuilder();
    for (int index = 0; index < entries.length; index += 2) {
      builder.addMetadataPropsBuilder().setKey(entries[index]).setValue(entries[index + 1]);
    }
    return builder.build().toByteArray();
  }
}
