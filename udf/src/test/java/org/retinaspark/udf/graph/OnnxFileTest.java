package org.retinaspark.udf.graph;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.retinaspark.udf.model.RecognitionOptions.BY_FILE;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.Arrays;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.retinaspark.udf.model.ModelDescription;
import org.retinaspark.udf.model.ModelImportTest;
import org.retinaspark.udf.model.ModelRecognition;
import org.retinaspark.udf.model.TinyModels;
import org.retinaspark.udf.model.UnknownModelException;

/** Files are hostile: whatever is in them, the answer is a description or one of our errors. */
final class OnnxFileTest {

  @Example
  void textIsNoModel() {
    assertThatThrownBy(() -> describe("version https://git-lfs.github.com/spec/v1".getBytes(UTF_8)))
        .isInstanceOf(InvalidModelException.class)
        .hasMessage(
            "model 'a.onnx' can't be used: it is not an ONNX file, or a damaged or cut one (files"
                + " of weights, such as .pth, are for 'model build')");
  }

  @Example
  void emptyFileIsNoModel() {
    assertThatThrownBy(() -> describe(new byte[0]))
        .isInstanceOf(InvalidModelException.class)
        .hasMessage("model 'a.onnx' can't be used: it is not an ONNX file: it has no graph");
  }

  @Example
  void weightsInAnotherFileAreRefused() {
    ModelProto.Builder model = ModelImportTest.parse(TinyModels.pytorchFamily()).toBuilder();
    model
        .getGraphBuilder()
        .getInitializerBuilder(0)
        .setDataLocation(TensorProto.DataLocation.EXTERNAL)
        .addExternalDataBuilder()
        .setKey("location")
        .setValue("../../etc/passwd");
    assertThatThrownBy(() -> describe(model.build().toByteArray()))
        .isInstanceOf(InvalidModelException.class)
        .hasMessageContaining("lie in another file; save it as one file");
  }

  @Example
  void constantsInAnotherFileAreRefused() {
    ModelProto.Builder model = ModelImportTest.parse(TinyModels.pytorchFamily()).toBuilder();
    model
        .getGraphBuilder()
        .getNodeBuilder(0)
        .addAttributeBuilder()
        .setName("value")
        .getTBuilder()
        .setDataLocation(TensorProto.DataLocation.EXTERNAL);
    assertThatThrownBy(() -> describe(model.build().toByteArray()))
        .isInstanceOf(InvalidModelException.class)
        .hasMessageContaining("lie in another file");
  }

  @Example
  void hugeInputIsRefusedBeforeAnythingIsAllocated() {
    ModelProto.Builder model = ModelImportTest.parse(TinyModels.pytorchFrozen()).toBuilder();
    model
        .getGraphBuilder()
        .getInputBuilder(0)
        .getTypeBuilder()
        .getTensorTypeBuilder()
        .getShapeBuilder()
        .getDimBuilder(2)
        .setDimValue(Long.MAX_VALUE);
    assertThatThrownBy(() -> describe(model.build().toByteArray()))
        .isInstanceOf(UnknownModelException.class)
        .hasMessageContaining("is absurdly large");
  }

  @Example
  void customOperatorsAreRefused() {
    ModelProto.Builder model = ModelImportTest.parse(TinyModels.pytorchFamily()).toBuilder();
    model.getGraphBuilder().getNodeBuilder(0).setDomain("my.corp").setOpType("Warp");
    assertThatThrownBy(() -> describe(model.build().toByteArray()))
        .isInstanceOf(InvalidModelException.class)
        .hasMessageContaining("custom operator 'my.corp.Warp'");
  }

  @Property(tries = 200)
  void aCutFileNeverEscapesAsAnotherError(@ForAll @IntRange(max = 5000) int length) {
    assertOurs(Arrays.copyOf(TinyModels.scrfdFamily(), length));
  }

  // Seeded: where shapes are damaged the file reaches native code, whose verdict must not vary.
  @Property(tries = 300, seed = "20190502")
  void aDamagedFileNeverEscapesAsAnotherError(
      @ForAll @IntRange(max = 7000) int at, @ForAll byte value) {
    byte[] model = TinyModels.pytorchFrozen();
    model[model.length - 1 - at % model.length] = value;
    assertOurs(model);
  }

  private static void assertOurs(byte[] model) {
    Throwable thrown = catchThrowable(() -> describe(model));
    if (thrown != null) {
      assertThat(thrown).isInstanceOfAny(InvalidModelException.class, UnknownModelException.class);
    }
  }

  private static ModelDescription describe(byte[] model) {
    return ModelRecognition.describe(model, "a.onnx", BY_FILE);
  }
}
