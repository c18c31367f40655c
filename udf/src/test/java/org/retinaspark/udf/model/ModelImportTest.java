package org.retinaspark.udf.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.retinaspark.udf.model.RecognitionOptions.BY_FILE;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.retinaspark.udf.catalogue.KnownModel;
import org.retinaspark.udf.detect.InputSize;
import org.retinaspark.udf.detect.family.ClassOutput;
import org.retinaspark.udf.detect.family.LandmarkScale;
import org.retinaspark.udf.detect.family.PyTorchFamily;
import org.retinaspark.udf.graph.InvalidModelException;
import org.retinaspark.udf.graph.OnnxFile;
import org.retinaspark.udf.input.InputFormat;
import org.retinaspark.udf.runtime.TrialSession;

/** Import proves itself on every model; here stands what it wrote, and what it refused. */
public final class ModelImportTest {

  private static final InputSize OPEN =
      new InputSize(InputSize.DYNAMIC, InputSize.DYNAMIC, InputSize.DYNAMIC, 1);

  static Stream<byte[]> models() {
    return Stream.of(
        TinyModels.pytorchFamily(),
        TinyModels.pytorchLogits(),
        TinyModels.pytorchFrozen(),
        TinyModels.insightFaceFamily(),
        TinyModels.scrfdFamily(),
        TinyPointModels.yunetFamily(),
        TinyPointModels.centerFaceFamily(),
        TinyCascade.cascade(),
        TinyCascade.oneStage());
  }

  @ParameterizedTest
  @MethodSource("models")
  void importedModelIsOpenAndOfTheSameFamily(byte[] model) {
    ModelDescription source = ModelRecognition.describe(model, "a.onnx", BY_FILE);
    ModelImport imported = ModelImport.of(model, "a.onnx", BY_FILE);
    assertThat(imported.model().size()).isEqualTo(OPEN.inMultiplesOf(source.size().multiple()));
    assertThat(imported.model().format()).isEqualTo(source.format());
    assertThat(imported.model().family()).isEqualTo(source.family());
    assertThat(imported.model().outputs()).isEqualTo(source.outputs());
    assertThat(ModelRecognition.describe(imported.onnx(), "a.onnx", BY_FILE))
        .isEqualTo(imported.model());
    assertThat(metadata(imported.onnx()))
        .containsEntry("retinaspark.family", source.family().name())
        .containsEntry("retinaspark.version", "1")
        .containsEntry("retinaspark.source_sha256", source.sha256());
  }

  @ParameterizedTest
  @MethodSource("models")
  void importIsIdempotent(byte[] model) {
    byte[] once = ModelImport.of(model, "a.onnx", BY_FILE).onnx();
    ModelImport twice = ModelImport.of(once, "a.onnx", BY_FILE);
    assertThat(twice.onnx()).isEqualTo(once);
    assertThat(twice.changes()).isEmpty();
  }

  @Test
  void outputsAreTheSameAtTheOriginalSizeToTheBit() {
    byte[] frozen = TinyModels.pytorchFrozen();
    byte[] open = ModelImport.of(frozen, "a.onnx", BY_FILE).onnx();
    assertThat(run(open, 64, 96)).isEqualTo(run(frozen, 64, 96));
  }

  @ParameterizedTest
  @MethodSource("models")
  void foldedModelTakesPixelsAndStaysFolded(byte[] model) {
    ModelDescription source = ModelRecognition.describe(model, "a.onnx", BY_FILE);
    ModelImport folded = ModelImport.of(model, "a.onnx", BY_FILE, Preprocessing.FOLDED);
    assertThat(folded.model().size()).isEqualTo(OPEN.inMultiplesOf(source.size().multiple()));
    assertThat(folded.model().format()).isEqualTo(InputFormat.PIXELS);
    assertThat(folded.model().size().multiple()).isEqualTo(source.size().multiple());
    assertThat(folded.model().outputs()).isEqualTo(source.outputs());
    assertThat(metadata(folded.onnx()))
        .containsEntry("retinaspark.layout", "pixels")
        .containsEntry("retinaspark.mean", "0,0,0")
        .containsEntry("retinaspark.source_sha256", source.sha256());
    assertThat(ModelImport.of(folded.onnx(), "a.onnx", BY_FILE).onnx()).isEqualTo(folded.onnx());
    assertThat(ModelImport.of(folded.onnx(), "a.onnx", BY_FILE, Preprocessing.FOLDED).onnx())
        .isEqualTo(folded.onnx());
  }

  @Test
  void whatIsMadeOfAPublishedFileKeepsItsLicence() {
    String published = KnownModel.fetched(KnownModel.DEFAULT).orElseThrow().sha256();
    byte[] derived =
        parse(TinyModels.pytorchFrozen()).toBuilder()
            .addMetadataProps(
                StringStringEntryProto.newBuilder()
                    .setKey("retinaspark.source_sha256")
                    .setValue(published))
            .build()
            .toByteArray();
    ModelDescription again =
        ModelImport.of(derived, "a.onnx", BY_FILE, Preprocessing.FOLDED).model();
    assertThat(again.origin()).isEqualTo(published);
    assertThat(again.published()).map(KnownModel::licence).contains("MIT");
    assertThat(ModelInspection.of(derived, "a.onnx", BY_FILE).text())
        .contains("made of        " + published + " (by the file's metadata)")
        .contains("known as       retinaface-mnet025: RetinaFace MobileNet-0.25")
        .contains("licence        MIT");
  }

  @Test
  void metadataThatContradictsTheInputIsRefused() {
    ModelProto.Builder model =
        parse(
            ModelImport.of(TinyModels.pytorchFamily(), "a.onnx", BY_FILE, Preprocessing.FOLDED)
                .onnx())
            .toBuilder();
    assertRefused(model, "retinaspark.layout", "planes", "must be 'pixels', which its input is");
    assertRefused(model, "retinaspark.source_sha256", "abc", "must be a SHA-256, 64 hexadecimal");
    assertRefused(model, "retinaspark.mean", "1,2,3", "pixels are BGR from 0 to 255, not BGR");
  }

  private static void assertRefused(
      ModelProto.Builder model, String key, String value, String message) {
    byte[] wrong =
        model
            .clone()
            .addMetadataProps(StringStringEntryProto.newBuilder().setKey(key).setValue(value))
            .build()
            .toByteArray();
    assertThatThrownBy(() -> ModelRecognition.describe(wrong, "a.onnx", BY_FILE))
        .isInstanceOf(InvalidModelException.class)
        .hasMessageContaining(message);
  }

  @Test
  void formatIsWrittenAsNumbersThatPeopleWrite() {
    byte[] imported = ModelImport.of(TinyModels.pytorchFrozen(), "a.onnx", BY_FILE).onnx();
    assertThat(metadata(imported))
        .containsEntry("retinaspark.mean", "104,117,123")
        .containsEntry("retinaspark.channels", "BGR")
        .containsEntry("retinaspark.scale", "1")
        .containsEntry("retinaspark.multiple", "1")
        .containsEntry("retinaspark.class_output", "probabilities");
  }

  @Test
  void optionsAreWrittenAndDefaultsAreNot() {
    byte[] model = TinyModels.insightFaceFamily();
    byte[] byDefault = ModelImport.of(model, "a.onnx", BY_FILE).onnx();
    assertThat(metadata(byDefault)).doesNotContainKey("retinaspark.landmark_scale");
    RecognitionOptions first = new RecognitionOptions(null, LandmarkScale.V1, null);
    byte[] chosen = ModelImport.of(model, "a.onnx", first).onnx();
    assertThat(metadata(chosen)).containsEntry("retinaspark.landmark_scale", "v1");
  }

  @Test
  void wrongClassOutputStaysAsItWasSaid() {
    RecognitionOptions logits = new RecognitionOptions(null, null, ClassOutput.LOGITS);
    byte[] imported = ModelImport.of(TinyModels.pytorchFamily(), "a.onnx", logits).onnx();
    PyTorchFamily family =
        (PyTorchFamily) ModelRecognition.describe(imported, "a.onnx", BY_FILE).family();
    assertThat(family.classes()).isEqualTo(ClassOutput.LOGITS);
  }

  @Test
  void weightsThatAreInputsToo() {
    ModelProto.Builder old = parse(TinyModels.pytorchFrozen()).toBuilder().setIrVersion(3);
    old.getGraph()
        .getInitializerList()
        .forEach(
            tensor ->
                old.getGraphBuilder()
                    .addInputBuilder()
                    .setName(tensor.getName())
                    .getTypeBuilder()
                    .getTensorTypeBuilder()
                    .setElemType(tensor.getDataType())
                    .getShapeBuilder()
                    .addAllDim(
                        tensor.getDimsList().stream()
                            .map(
                                size ->
                                    ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension.newBuilder()
                                        .setDimValue(size)
                                        .build())
                            .toList()));
    ModelImport imported = ModelImport.of(old.build().toByteArray(), "a.onnx", BY_FILE);
    assertThat(imported.changes()).contains("weights are no longer inputs");
    assertThat(parse(imported.onnx()).getGraph().getInputCount()).isEqualTo(1);
  }

  @Test
  void frozenBatchThatNobodyCanOpenIsRefused() {
    ModelProto.Builder model = parse(TinyModels.pytorchFrozen()).toBuilder();
    // An Expand of the input to one image holds the batch where no rule looks for it.
    byte[] odd = FrozenBatch.of(model);
    assertThatThrownBy(() -> ModelImport.of(odd, "odd.onnx", BY_FILE))
        .isInstanceOf(ModelImportException.class)
        .hasMessageContaining("of model 'odd.onnx' could not be made dynamic")
        .hasMessageContaining("Nothing was written");
  }

  static Map<String, String> metadata(byte[] model) {
    return parse(model).getMetadataPropsList().stream()
        .collect(
            Collectors.toMap(StringStringEntryProto::getKey, StringStringEntryProto::getValue));
  }

  public static ModelProto parse(byte[] model) {
    return OnnxFile.parse(model, "a.onnx").proto();
  }

  private static List<FloatBuffer> run(byte[] onnx, int height, int width) {
    ModelDescription model = ModelRecognition.describe(onnx, "a.onnx", BY_FILE);
    InputFormat format = model.format();
    long[] shape = format.layout().shape(1, height, width);
    try (TrialSession session = TrialSession.open(onnx)) {
      Map<String, TrialSession.TrialOutput> outputs =
          session.run(
              model.input(),
              model.ports().type(),
              new RandomImages(1, height, width, 7).tensor(format),
              shape);
      return model.outputs().stream()
          .map(name -> Objects.requireNonNull(outputs.get(name)).values())
          .toList();
    }
  }
}
