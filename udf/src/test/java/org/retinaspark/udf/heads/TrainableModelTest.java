package org.retinaspark.udf.heads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.retinaspark.udf.graph.InvalidModelException;
import org.retinaspark.udf.model.ModelDescription;
import org.retinaspark.udf.model.ModelImport;
import org.retinaspark.udf.model.Preprocessing;
import org.retinaspark.udf.model.RecognitionOptions;
import org.retinaspark.udf.model.TinyModels;
import org.retinaspark.udf.model.TinyPointModels;
import org.retinaspark.udf.network.HeadWeights;
import org.retinaspark.udf.network.Mesh;
import org.retinaspark.udf.runtime.TrialSession.TrialOutput;

final class TrainableModelTest {

  @ParameterizedTest
  @CsvSource({"33, 47", "160, 128"})
  void detectionIsTheSameToTheLastBitWithFeatures(int height, int width) {
    byte[] onnx = HeadModels.pytorch();
    assertSameDetection(onnx, height, width);
    byte[] folded = folded(onnx);
    assertSameDetection(folded, height, width);
    assertThat(HeadModels.trainable(folded).maps()).isEqualTo(HeadModels.trainable(onnx).maps());
  }

  @ParameterizedTest
  @ValueSource(strings = {"retinaface_mnet025_dynamic.onnx", "retinaface_mnet025_yakhyo_mit.onnx"})
  void headsOfPublishedModelsAreFound(String name) throws IOException {
    byte[] onnx = HeadModels.shared(name);
    assertSameDetection(onnx, 237, 411);
    TrainableModel model = HeadModels.trainable(onnx);
    assertThat(model.channels()).isEqualTo(64);
    assertThat(model.maps()).hasSize(3).allMatch(map -> map.contains("Relu"));
    assertThat(model.head(HeadTask.LANDMARKS).sizes(2)).isEqualTo(2);
    assertSameDetection(folded(onnx), 64, 96);
  }

  private static byte[] folded(byte[] onnx) {
    return ModelImport.of(onnx, "a.onnx", RecognitionOptions.BY_FILE, Preprocessing.FOLDED).onnx();
  }

  private static void assertSameDetection(byte[] onnx, int height, int width) {
    ModelDescription model = HeadModels.described(onnx);
    FeatureModel features = HeadModels.trainable(onnx).withFeatures();
    Map<String, TrialOutput> expected = HeadModels.run(onnx, model, height, width);
    Map<String, TrialOutput> actual =
        HeadModels.run(features.onnx(), features.model(), height, width);
    for (String output : model.outputs()) {
      assertThat(HeadModels.values(actual, output))
          .as(output)
          .isEqualTo(HeadModels.values(expected, output));
    }
    int stride = 8;
    for (String map : features.model().outputs().subList(features.firstMap(), 6)) {
      assertThat(Objects.requireNonNull(actual.get(map)).shape())
          .containsExactly(2, 64, (height + stride - 1) / stride, (width + stride - 1) / stride);
      stride *= 2;
    }
  }

  @ParameterizedTest
  @CsvSource({"PER_LEVEL, 1", "SHARED, 1", "PER_LEVEL, 2", "SHARED, 2"})
  void headsAreThoseOfTheLastStage(HeadWeights weights, int stages) {
    byte[] onnx = HeadModels.retinaface(weights, stages, new Mesh("M", 5, 0));
    TrainableModel model = HeadModels.trainable(onnx);
    String context = "context%d.".formatted(stages);
    assertThat(model.maps()).hasSize(4).allMatch(map -> map.startsWith(context));
    List<float[]> boxes = model.head(HeadTask.BOX).weights();
    assertThat(boxes).allMatch(weight -> weight.length == 3 * 4 * 16);
    if (weights == HeadWeights.SHARED) {
      assertThat(boxes).allMatch(weight -> Arrays.equals(weight, boxes.get(0)));
    }
    FeatureModel features = model.withFeatures();
    assertThat(features.model().outputs().subList(features.firstMap(), features.firstMap() + 4))
        .isEqualTo(model.maps());
  }

  @Test
  void otherFamiliesAreRefusedWithWhatWasSeen() {
    for (byte[] onnx :
        List.of(
            TinyModels.scrfdFamily(),
            TinyModels.insightFaceFamily(),
            TinyPointModels.yunetFamily(),
            TinyPointModels.centerFaceFamily())) {
      assertThatThrownBy(() -> HeadModels.trainable(onnx))
          .isInstanceOf(InvalidModelException.class)
          .hasMessageContaining("it is of the family '")
          .hasMessageContaining("comes of the operator ")
          .hasMessageEndingWith(
              "heads can be fitted to 'pytorch' and 'retinaface' only, whose heads are 1x1"
                  + " convolutions of features");
    }
  }
}
