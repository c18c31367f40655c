package org.retinaspark.udf.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.retinaspark.udf.catalogue.PublishedCost;
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

  @ParameterizedTest
  @EnumSource(names = {"MOBILENET_025", "RESNET_50"})
  void publishedCostsAreOfThatNetworkAlone(Backbone backbone) {
    Architecture plain = Architecture.pytorch(backbone);
    assertThat(PublishedCost.of(plain.text())).hasSize(1);
    assertThat(PublishedCost.of(other(plain, Sampling.DEFORMABLE, 1, List.of()).text())).isEmpty();
    assertThat(PublishedCost.of(other(plain, Sampling.REGULAR, 2, List.of()).text())).isEmpty();
    List<Mesh> mesh = List.of(new Mesh("one", 5, 0));
    assertThat(PublishedCost.of(other(plain, Sampling.REGULAR, 1, mesh).text())).isEmpty();
  }

  private static Architecture other(
      Architecture plain, Sampling sampling, int stages, List<Mesh> meshes) {
    return new Architecture(
        plain.backbone(),
        plain.anchors(),
        plain.channels(),
        sampling,
        plain.heads(),
        stages,
        meshes);
  }

  /** The digests were written down once: another machine or Java has to give them too. */
  @ParameterizedTest
  @CsvSource({
    "MOBILENET_025, 6fc74190447120f215dc6afbf95998051dd71dded52a80c168ee417fbdd62a70",
    "RESNET_50, b7fc0c850dde128efedc30ea5a3fd302b435874ed4db358a27eb4bb2ae2ecfbf"
  })
  void sameSeedGivesTheSameBytes(Backbone backbone, String sha256) {
    Architecture architecture = Architecture.pytorch(backbone);
    byte[] seven = RetinaFaceNetwork.onnx(architecture, new RandomParameters(7));
    byte[] eight = RetinaFaceNetwork.onnx(architecture, new RandomParameters(8));
    assertThat(OnnxFile.sha256(seven)).isEqualTo(sha256);
    assertThat(OnnxFile.sha256(eight)).isNotEqualTo(sha256);
  }
}
