package org.retinaspark.udf.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.retinaspark.udf.model.RecognitionOptions.BY_FILE;

import ai.onnx.proto.OnnxMl.ModelProto;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.retinaspark.udf.graph.InvalidModelException;

/** What a file of the family retinaface says of itself, and what contradicts it. */
final class RetinaFaceOutputsTest {

  @Test
  void familyIsThatOfTheMetadata() {
    ModelDescription cascade = describe(TinyCascade.cascade());
    assertThat(cascade.family())
        .isEqualTo(TinyCascade.family(2, List.of(TinyCascade.DENSE, TinyCascade.MESH68)));
    assertThat(cascade.outputs())
        .containsExactly(
            "boxes1",
            "boxes2",
            "classes",
            "landmarks",
            "mesh_anchors",
            "mesh.Dense",
            "mesh.Mesh68");
    assertThat(describe(TinyCascade.oneStage()).family())
        .isEqualTo(TinyCascade.family(1, List.of()));
  }

  @Test
  void meshesStandInTheOrderOfTheirOutputs() {
    byte[] model = with(TinyCascade.cascade(), "retinaspark.mesh", "Mesh68:68;Dense:80");
    assertThat(describe(model).family())
        .isEqualTo(TinyCascade.family(2, List.of(TinyCascade.DENSE, TinyCascade.MESH68)));
  }

  @Test
  void outputsAloneDoNotTellTheAnchors() {
    byte[] bare = without(TinyCascade.cascade(), "retinaspark.");
    String missing =
        "model 'a.onnx' can't be used: its metadata lacks retinaspark.anchors,"
            + " retinaspark.variances, retinaspark.stages, retinaspark.match, without which outputs"
            + " of the family 'retinaface' can't be decoded; 'model build' writes it with the"
            + " network";
    assertThatThrownBy(() -> describe(bare))
        .isInstanceOf(InvalidModelException.class)
        .hasMessage(missing);
    RecognitionOptions named = new RecognitionOptions("retinaface", null, null);
    assertThatThrownBy(() -> ModelRecognition.describe(bare, "a.onnx", named)).hasMessage(missing);
    assertThatThrownBy(() -> ModelRecognition.describe(TinyModels.pytorchFamily(), "a.onnx", named))
        .isInstanceOf(UnknownModelException.class)
        .hasMessageContaining("its family is 'retinaface' by option, but its outputs are not");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "retinaspark.anchors|8:0|retinaspark.anchors = '8:0': the anchors must have 1 to 8 levels",
        "retinaspark.mesh|Dense:80;Mesh68:67|mirror table of mesh 'Mesh68'",
        "retinaspark.mesh|Dense:79;Mesh68:68|that mesh 'Dense' has 79 vertices, three values each,"
            + " but output mesh.Dense float [batch, anchors, 240]",
        "retinaspark.mesh|Dense:80;Mesh68:68;Third:3|its metadata tells of outputs [boxes1, boxes2,"
            + " classes, landmarks, mesh.Dense, mesh.Mesh68, mesh.Third, mesh_anchors], but of this"
            + " family it has [boxes1, boxes2, classes, landmarks, mesh.Dense, mesh.Mesh68,"
            + " mesh_anchors]",
      })
  void contradictionIsNamed(String key, String value, String message) {
    byte[] model = with(TinyCascade.cascade(), key, value);
    assertThatThrownBy(() -> describe(model))
        .isInstanceOf(InvalidModelException.class)
        .hasMessageContaining(message);
  }

  @Test
  void anchorsThatTheOutputsDoNotHaveAreFoundByARun() {
    byte[] model = with(TinyCascade.oneStage(), "retinaspark.anchors", "8:16,32;16:64,128");
    assertThatThrownBy(() -> ModelRecognition.tried(model, "a.onnx", BY_FILE))
        .isInstanceOf(InvalidModelException.class)
        .hasMessageContaining("it runs at 96x64 and at all of ")
        .hasMessageContaining("where its family has")
        .hasMessageEndingWith("its anchors are not those of the family 'retinaface'");
  }

  @Test
  void inspectionTellsWhatTheMetadataSays() {
    assertThat(ModelInspection.of(TinyCascade.cascade(), "a.onnx", BY_FILE).text())
        .contains("family         retinaface (by the file's metadata)\n")
        .contains(
            "stages         2, the second from the boxes of the first; trained at IoU 0.7/0.3 and"
                + " IoU 0.5/0.4 (by the file's metadata)\n")
        .contains("variances      0.1 of centres, 0.2 of sizes, 0.1 of landmarks (by")
        .contains("mesh           Dense of 80 vertices, without mirror table (by")
        .contains("mesh           Mesh68 of 68 vertices, with mirror table (by")
        .contains("boxes2 float [batch, anchors, 4] (boxes, relative to those of the first stage)")
        .contains("anchors        stride 8, sizes 16, 32 (12800 at 640x640)\n");
  }

  private static ModelDescription describe(byte[] model) {
    return ModelRecognition.describe(model, "a.onnx", BY_FILE);
  }

  private static byte[] with(byte[] model, String key, String value) {
    ModelProto.Builder builder = ModelImportTest.parse(without(model, key)).toBuilder();
    builder.addMetadataPropsBuilder().setKey(key).setValue(value);
    return builder.build().toByteArray();
  }

  private static byte[] without(byte[] model, String prefix) {
    ModelProto parsed = ModelImportTest.parse(model);
    ModelProto.Builder rest = parsed.toBuilder().clearMetadataProps();
    parsed.getMetadataPropsList().stream()
        .filter(entry -> !entry.getKey().startsWith(prefix))
        .forEach(rest::addMetadataProps);
    return rest.build().toByteArray();
  }
}
