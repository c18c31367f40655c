package org.retinaspark.udf.network;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.retinaspark.udf.graph.OnnxFile;
import org.retinaspark.udf.model.ModelImport;
import org.retinaspark.udf.model.RecognitionOptions;

class RetinaFaceNetworkTest {

  @Test
  void anyImageOfABatchFitsANetworkOfThePyTorchFamily() {
    byte[] onnx =
        RetinaFaceNetwork.onnx(
            Architecture.pytorch(Backbone.MOBILENET_025), new RandomParameters(1));
    // An import runs the model at odd sizes, and two images together against each alone.
    ModelImport imported = ModelImport.of(onnx, "random.onnx", RecognitionOptions.BY_FILE);
    assertThat(imported.model().family().name()).isEqualTo("pytorch");
    assertThat(imported.model().size().multiple()).isEqualTo(1);
    assertThat(imported.changes()).isEmpty();
  }

  /** The digests were written down once: another machine or Java has to give them too. */
  @ParameterizedTest
  @CsvSource({
    "MOBILENET_025, 4099100108fbcb815fee25317da481da695c28715f3d9cb80c359f868b247c5f",
    "RESNET_50, 71ed3b331255849fed283a6f5cddb4797e2a582c79217a066a0c769660d6c9a7"
  })
  void sameSeedGivesTheSameBytes(Backbone backbone, String sha256) {
    Architecture architecture = Architecture.pytorch(backbone);
    byte[] seven = RetinaFaceNetwork.onnx(architecture, new RandomParameters(7));
    byte[] eight = RetinaFaceNetwork.onnx(architecture, new RandomParameters(8));
    assertThat(OnnxFile.sha256(seven)).isEqualTo(sha256);
    assertThat(OnnxFile.sha256(eight)).isNotEqualTo(sha256);
  }
}
