package org.retinaspark.udf.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.retinaspark.udf.model.RecognitionOptions.BY_FILE;

import org.junit.jupiter.api.Test;
import org.retinaspark.udf.network.Architecture;
import org.retinaspark.udf.network.Backbone;
import org.retinaspark.udf.network.RandomParameters;
import org.retinaspark.udf.network.RetinaFaceNetwork;

final class ModelInspectionTest {

  @Test
  void saysWhatTheModelIsAndWhy() {
    String text = ModelInspection.of(TinyModels.insightFaceFamily(), "tiny.onnx", BY_FILE).text();
    assertThat(text)
        .contains("model          tiny.onnx")
        .contains("family         insightface (by signature)")
        .contains("input          data float [1, 3, 640, 640]")
        .contains("RGB, (pixel - [0.0, 0.0, 0.0]) x 1.0 (pixels as they are: the graph normalises")
        .contains("in the graph   Sub 127.5, then Mul 0.0078125")
        .contains("size           height 640 and width 640 only (declared, and seen in a run)")
        .contains("batch          one image in a run")
        .contains("protocols      vga\n")
        .contains("landmark scale v2 (deltas x 0.2) (a default: the file doesn't tell v1 from v2")
        .contains("output         cls_stride32 float [1, 4, 20, 20] (classes at stride 32)")
        .contains("output         landmark_stride8 float [1, 20, 80, 80] (landmarks at stride 8)")
        .contains("anchors        stride 16, sizes 128, 64 (3200 at 640x640)")
        .contains("operators      ai.onnx 13")
        .contains("producer       tiny")
        .contains("licence        unknown (none of the files that are known by digest)");
  }

  /** The parameters of the reference's own export, and what its author published of it. */
  @Test
  void parametersAndWorkStandBesidePublishedOnes() {
    byte[] built =
        RetinaFaceNetwork.onnx(
            Architecture.pytorch(Backbone.MOBILENET_025), new RandomParameters(1));
    assertThat(ModelInspection.of(built, "built.onnx", BY_FILE).text())
        .contains("parameters     423,264 (")
        .contains("multiply-adds  0.981 G at 640x640 (")
        .contains("multiply-adds  0.736 G at 640x480 (")
        .contains("published cost 0.426 M parameters, 0.194 G multiply-adds at 320x240 (biubug6/");
  }

  @Test
  void workIsThatOfTheOnlySizeThatAModelTakes() {
    assertThat(ModelInspection.of(TinyModels.pytorchFrozen(), "tiny.onnx", BY_FILE).text())
        .containsOnlyOnce("multiply-adds")
        .contains(" G at 96x64 (");
  }

  @Test
  void importedModelSpeaksForItself() {
    byte[] imported = ModelImport.of(TinyModels.pytorchFrozen(), "tiny.onnx", BY_FILE).onnx();
    assertThat(ModelInspection.of(imported, "tiny.onnx", BY_FILE).text())
        .contains("family         pytorch (by the file's metadata)")
        .contains("input          image float [any, 3, any, any]")
        .contains("BGR, (pixel - [104.0, 117.0, 123.0]) x 1.0 (by the file's metadata)")
        .contains("class output   probabilities (by the file's metadata)")
        .contains("any height and width")
        .contains("metadata       retinaspark.mean = 104,117,123");
  }

  @Test
  void foldedModelSpeaksForItself() {
    byte[] folded =
        ModelImport.of(TinyModels.pytorchFrozen(), "a.onnx", BY_FILE, Preprocessing.FOLDED).onnx();
    assertThat(ModelInspection.of(folded, "a.onnx", BY_FILE).text())
        .contains("uint8 [any, any, any, 3]")
        .contains("in the graph   DequantizeLinear 104, 117, 123")
        .contains("metadata       retinaspark.layout = pixels");
  }

  @Test
  void controlCharactersOfTheFileStayOutOfTheTerminal() {
    byte[] model =
        ModelImportTest.parse(TinyModels.pytorchFamily()).toBuilder()
            .setProducerName("tiny\u001b[2J\nevil")
            .build()
            .toByteArray();
    assertThat(ModelInspection.of(model, "tiny.onnx", BY_FILE).text())
        .contains("producer       tiny?[2J?evil");
  }
}
