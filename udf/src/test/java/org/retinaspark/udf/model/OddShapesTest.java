package org.retinaspark.udf.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.retinaspark.udf.model.RecognitionOptions.BY_FILE;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.retinaspark.udf.detect.InputSize;
import org.retinaspark.udf.detect.Protocol;
import org.retinaspark.udf.graph.InvalidModelException;
import org.retinaspark.udf.input.InputFormat;
import org.retinaspark.udf.input.TensorLayout;
import org.retinaspark.udf.runtime.TrialSession;

/** Models whose shapes aren't the usual ones, or aren't what they declare. */
final class OddShapesTest {

  private static final int ANY = InputSize.DYNAMIC;

  @Test
  void channelsMayComeLast() {
    byte[] model = channelsLast();
    ModelDescription described = ModelRecognition.tried(model, "nhwc.onnx", BY_FILE);
    assertThat(described.format().layout()).isEqualTo(TensorLayout.INTERLEAVED);
    assertThat(described.size()).isEqualTo(new InputSize(ANY, ANY, ANY, 1));
    assertThat(ModelInspection.of(model, "nhwc.onnx", BY_FILE).text())
        .contains("input          nhwc float [any, any, any, 3]");
    assertSameOutputs(model, TinyModels.pytorchFamily());
  }

  @Test
  void modelWithChannelsLastIsImportedAndFolded() {
    byte[] imported = ModelImport.of(channelsLast(), "a.onnx", BY_FILE).onnx();
    assertThat(ModelImportTest.metadata(imported))
        .containsEntry("retinaspark.layout", "interleaved");
    assertSameOutputs(imported, TinyModels.pytorchFamily());
    byte[] folded = ModelImport.of(channelsLast(), "a.onnx", BY_FILE, Preprocessing.FOLDED).onnx();
    assertThat(ModelRecognition.describe(folded, "a.onnx", BY_FILE).format())
        .isEqualTo(InputFormat.PIXELS);
    assertSameOutputs(folded, TinyModels.pytorchFamily());
  }

  @Test
  void sizeThatIsFixedInsideIsFoundAndSaid() {
    byte[] model = reshapedAt(640);
    assertThat(ModelRecognition.tried(model, "a.onnx", BY_FILE).size())
        .isEqualTo(new InputSize(ANY, 640, 640, 1));
    assertThat(ModelInspection.of(model, "a.onnx", BY_FILE).text())
        .contains("height 640 and width 640 only (declared open, but it fails at 96x64;")
        .contains("protocols      vga");
    assertThat(ModelImport.of(model, "a.onnx", BY_FILE).model().size())
        .isEqualTo(new InputSize(ANY, ANY, ANY, 1));
  }

  @Test
  void sizeThatNobodyUsesIsRefused() {
    byte[] model = reshapedAt(2048);
    assertThatThrownBy(() -> ModelInspection.of(model, "a.onnx", BY_FILE))
        .isInstanceOf(InvalidModelException.class)
        .hasMessageContaining("model 'a.onnx' can't be used: it fails at 96x64 and at all of ")
        .hasMessageContaining("Export it anew");
  }

  @Test
  void outputsOfOneSizeAreNotTheModelsSize() {
    ModelProto.Builder model = ModelImportTest.parse(TinyModels.pytorchFamily()).toBuilder();
    model
        .getGraphBuilder()
        .getOutputBuilderList()
        .forEach(
            output ->
                output
                    .getTypeBuilder()
                    .getTensorTypeBuilder()
                    .getShapeBuilder()
                    .getDimBuilder(1)
                    .setDimValue(16800));
    byte[] onnx = model.build().toByteArray();
    assertThat(ModelRecognition.tried(onnx, "a.onnx", BY_FILE).size())
        .isEqualTo(new InputSize(ANY, ANY, ANY, 1));
    assertThat(ModelInspection.of(onnx, "a.onnx", BY_FILE).text())
        .contains("any height and width (seen in runs at 96x64 and ");
  }

  @ParameterizedTest
  @CsvSource({
    "64,width,'height 64 only, any width', none",
    "height,640,'any height, width 640 only', vga",
    "640,640,height 640 and width 640 only, vga"
  })
  void eachSideMayBeFixed(String height, String width, String said, String protocols) {
    byte[] model = declaring(TinyModels.pytorchFamily(), "batch", "3", height, width);
    assertThat(ModelInspection.of(model, "a.onnx", BY_FILE).text())
        .contains("size           " + said)
        .contains("protocols      " + protocols);
  }

  @Test
  void protocolThatTheSizeCannotServeIsRefusedWithThoseThatItCan() {
    assertThatThrownBy(() -> Protocol.ORIGINAL.requireServedBy(new InputSize(1, 640, 640, 32)))
        .hasMessageContaining("'original' needs inputs of any size")
        .hasMessageContaining("takes [1, 3, 640, 640], which serves 'vga'");
  }

  @Test
  void batchThatLosesImagesIsOneImage() {
    byte[] model = FrozenBatch.of(ModelImportTest.parse(TinyModels.pytorchFamily()).toBuilder());
    assertThat(ModelRecognition.tried(model, "a.onnx", BY_FILE).size())
        .isEqualTo(new InputSize(1, ANY, ANY, 1));
    assertThat(ModelInspection.of(model, "a.onnx", BY_FILE).text())
        .contains("two images in one run don't give what each gives alone")
        .contains("batch          one image in a run");
  }

  @Test
  void batchOfMoreThanOneIsForImport() {
    byte[] model = declaring(TinyModels.pytorchFamily(), "4", "3", "height", "width");
    assertThat(ModelInspection.of(model, "a.onnx", BY_FILE).text())
        .contains("batch          exactly 4 images in a run");
    assertThatThrownBy(() -> ModelRecognition.tried(model, "a.onnx", BY_FILE))
        .isInstanceOf(InvalidModelException.class)
        .hasMessageContaining("it takes exactly 4 images in a run")
        .hasMessageContaining("'model import FILE -o OUT'");
    assertThat(ModelImport.of(model, "a.onnx", BY_FILE).model().size())
        .isEqualTo(new InputSize(ANY, ANY, ANY, 1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"3,height,width", "batch,1,3,height,width", "3"})
  void otherRanksAreRefused(String axes) {
    int rank = axes.split(",").length;
    assertUnknown(
        declaring(TinyModels.pytorchFamily(), axes.split(",")),
        ": of %d axes, not the 4 of a batch of images in colour".formatted(rank));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void otherChannelsAreRefused(int channels) {
    String axis = Integer.toString(channels);
    assertUnknown(
        declaring(TinyModels.pytorchFamily(), "batch", axis, "640", "640"),
        "not [batch, 3, height, width] or [batch, height, width, 3]");
    assertUnknown(
        declaring(TinyModels.pytorchFamily(), "batch", "640", "640", axis),
        "not [batch, 3, height, width] or [batch, height, width, 3]");
  }

  @Test
  void otherTypesOfElementsAreRefused() {
    ModelProto.Builder half = ModelImportTest.parse(TinyModels.pytorchFamily()).toBuilder();
    half.getGraphBuilder()
        .getInputBuilder(0)
        .getTypeBuilder()
        .getTensorTypeBuilder()
        .setElemType(TensorProto.DataType.FLOAT16_VALUE);
    assertUnknown(half.build().toByteArray(), "is float16, not float or uint8");
  }

  @Test
  void outputsOfHalfPrecisionAreRefused() {
    ModelProto.Builder half = ModelImportTest.parse(TinyModels.pytorchFamily()).toBuilder();
    String scores = half.getGraph().getOutput(2).getName();
    half.getGraphBuilder()
        .getOutputBuilder(2)
        .setName("half")
        .getTypeBuilder()
        .getTensorTypeBuilder()
        .setElemType(TensorProto.DataType.FLOAT16_VALUE);
    half.getGraphBuilder()
        .addNodeBuilder()
        .setOpType("Cast")
        .addInput(scores)
        .addOutput("half")
        .addAttributeBuilder()
        .setName("to")
        .setType(AttributeProto.AttributeType.INT)
        .setI(TensorProto.DataType.FLOAT16_VALUE);
    assertUnknown(half.build().toByteArray(), "output  half float16 [batch, anchors, 2]");
  }

  @Test
  void secondInputIsRefused() {
    ModelProto.Builder two = ModelImportTest.parse(TinyModels.pytorchFamily()).toBuilder();
    two.getGraphBuilder().addInput(two.getGraph().getInput(0).toBuilder().setName("sizes"));
    assertUnknown(two.build().toByteArray(), "it has 2 inputs, not one");
  }

  @Test
  void formatOfTheFutureIsRefusedWithWhatToDo() {
    byte[] format =
        ModelImportTest.parse(TinyModels.pytorchFamily()).toBuilder()
            .setIrVersion(99)
            .build()
            .toByteArray();
    assertThatThrownBy(() -> ModelInspection.of(format, "a.onnx", BY_FILE))
        .isInstanceOf(InvalidModelException.class)
        .hasMessageContaining("model 'a.onnx' can't be used: ONNX Runtime can't load the model")
        .hasMessageContaining("99")
        .hasMessageContaining("Export it anew");
    ModelProto.Builder operators = ModelImportTest.parse(TinyModels.pytorchFamily()).toBuilder();
    operators.getOpsetImportBuilder(0).setVersion(99);
    byte[] future = operators.build().toByteArray();
    assertThatThrownBy(() -> ModelRecognition.tried(future, "a.onnx", BY_FILE))
        .isInstanceOf(InvalidModelException.class)
        .hasMessageContaining("Export it anew");
  }

  private static void assertUnknown(byte[] model, String reason) {
    assertThatThrownBy(() -> ModelInspection.of(model, "a.onnx", BY_FILE))
        .isInstanceOf(UnknownModelException.class)
        .hasMessageContaining(reason);
  }

  private static void assertSameOutputs(byte[] model, byte[] reference) {
    RandomImages images = new RandomImages(2, 64, 96, 5);
    assertThat(outputs(model, images)).isEqualTo(outputs(reference, images));
  }

  private static List<java.nio.FloatBuffer> outputs(byte[] onnx, RandomImages images) {
    ModelDescription model = ModelRecognition.describe(onnx, "a.onnx", BY_FILE);
    try (TrialSession session = TrialSession.open(onnx)) {
      return new TrialRuns(session, model).outputs(images);
    }
  }

  /** The model with other declared axes of its input. */
  private static byte[] declaring(byte[] onnx, String... axes) {
    ModelProto.Builder model = ModelImportTest.parse(onnx).toBuilder();
    model
        .getGraphBuilder()
        .getInputBuilder(0)
        .getTypeBuilder()
        .getTensorTypeBuilder()
        .setShape(shape(axes));
    return model.build().toByteArray();
  }

  /** Open in what it declares, but with the anchors of one size of square in its reshapes. */
  private static byte[] reshapedAt(int side) {
    ModelProto.Builder model = ModelImportTest.parse(TinyModels.pytorchFamily()).toBuilder();
    int reshapes = 0;
    for (TensorProto.Builder tensor : model.getGraphBuilder().getInitializerBuilderList()) {
      if (tensor.getInt64DataCount() == 3) {
        int cells = side / (8 << (reshapes++ / 3));
        tensor.setInt64Data(1, 2L * cells * cells);
      }
    }
    return model.build().toByteArray();
  }

  /** The PyTorch family behind a transposition, as converters from TensorFlow write it. */
  private static byte[] channelsLast() {
    ModelProto.Builder model = ModelImportTest.parse(TinyModels.pytorchFamily()).toBuilder();
    GraphProto.Builder graph = model.getGraphBuilder();
    String planes = graph.getInput(0).getName();
    TypeProto.Tensor.Builder type =
        TypeProto.Tensor.newBuilder()
            .setElemType(TensorProto.DataType.FLOAT_VALUE)
            .setShape(shape("batch", "height", "width", "3"));
    graph.setInput(
        0,
        ValueInfoProto.newBuilder()
            .setName("nhwc")
            .setType(TypeProto.newBuilder().setTensorType(type)));
    graph.addNode(
        0,
        NodeProto.newBuilder()
            .setOpType("Transpose")
            .addInput("nhwc")
            .addOutput(planes)
            .addAttribute(
                AttributeProto.newBuilder()
                    .setName("perm")
                    .setType(AttributeProto.AttributeType.INTS)
                    .addAllInts(List.of(0L, 3L, 1L, 2L))));
    return model.build().toByteArray();
  }

  private static TensorShapeProto shape(String... axes) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (String axis : axes) {
      if (Character.isDigit(axis.charAt(0))) {
        shape.addDimBuilder().setDimValue(Long.parseLong(axis));
      } else {
        shape.addDimBuilder().setDimParam(axis);
      }
    }
    return shape.build();
  }
}
