package org.retinaspark.udf.heads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.retinaspark.udf.graph.OnnxFile;
import org.retinaspark.udf.model.ModelDescription;
import org.retinaspark.udf.model.ModelImport;
import org.retinaspark.udf.model.RecognitionOptions;
import org.retinaspark.udf.network.HeadWeights;
import org.retinaspark.udf.runtime.TrialSession.TrialOutput;

final class HeadReplacementTest {

  @ParameterizedTest
  @CsvSource({"PER_LEVEL, 1", "SHARED, 2"})
  void ownHeadsChangeNoBitOfTheOutputs(HeadWeights weights, int stages) {
    assertSameWithOwnHeads(HeadModels.retinaface(weights, stages));
  }

  @Test
  void ownHeadsChangeNoBitOfAPublishedModel() throws IOException {
    byte[] onnx = HeadModels.shared("retinaface_mnet025_dynamic.onnx");
    assertSameWithOwnHeads(onnx);
    byte[] yakhyo = HeadModels.shared("retinaface_mnet025_yakhyo_mit.onnx");
    assertSameWithOwnHeads(yakhyo);
  }

  private static void assertSameWithOwnHeads(byte[] onnx) {
    TrainableModel model = HeadModels.trainable(onnx);
    Map<HeadTask, LinearHead> own = new EnumMap<>(HeadTask.class);
    for (HeadTask task : HeadTask.values()) {
      own.put(task, model.head(task));
    }
    byte[] same = model.with(new FittedHeads(own, null), Map.of());
    ModelDescription described = HeadModels.described(onnx);
    Map<String, TrialOutput> expected = HeadModels.run(onnx, described, 97, 131);
    Map<String, TrialOutput> actual = HeadModels.run(same, described, 97, 131);
    for (String output : described.outputs()) {
      assertThat(HeadModels.values(actual, output))
          .as(output)
          .isEqualTo(HeadModels.values(expected, output));
    }
  }

  @ParameterizedTest
  @CsvSource({"PER_LEVEL, 1, 33, 47", "SHARED, 2, 64, 96"})
  void outputsAreWhatTheNewHeadsMakeOfTheFeatures(
      HeadWeights weights, int stages, int height, int width) {
    byte[] onnx = HeadModels.retinaface(weights, stages);
    TrainableModel model = HeadModels.trainable(onnx);
    LinearHead box = changed(model.head(HeadTask.BOX));
    byte[] trained = model.with(new FittedHeads(Map.of(HeadTask.BOX, box), null), Map.of());
    // Finding the heads proves that the outputs are theirs.
    TrainableModel again = HeadModels.trainable(trained);
    for (int level = 0; level < box.levels(); level++) {
      assertThat(again.head(HeadTask.BOX).weights().get(level)).isEqualTo(box.weights().get(level));
      assertThat(again.head(HeadTask.BOX).biases().get(level)).isEqualTo(box.biases().get(level));
    }
    ModelDescription described = HeadModels.described(onnx);
    Map<String, TrialOutput> before = HeadModels.run(onnx, described, height, width);
    Map<String, TrialOutput> after = HeadModels.run(trained, described, height, width);
    for (String output : described.outputs()) {
      assertThat(Arrays.equals(HeadModels.values(after, output), HeadModels.values(before, output)))
          .as(output)
          .isEqualTo(!output.equals("boxes" + stages));
    }
  }

  @Test
  void trainedModelDoesNotClaimToBeThePublishedOne() {
    byte[] published = HeadModels.pytorch();
    byte[] imported = ModelImport.of(published, "a.onnx", RecognitionOptions.BY_FILE).onnx();
    assertThat(HeadModels.described(imported).origin()).isEqualTo(OnnxFile.sha256(published));
    TrainableModel model = HeadModels.trainable(imported);
    LinearHead box = changed(model.head(HeadTask.BOX));
    byte[] trained =
        model.with(
            new FittedHeads(Map.of(HeadTask.BOX, box), null),
            Map.of("retinaspark.trained.images", "660"));
    assertThat(HeadModels.described(trained).origin()).isEqualTo(OnnxFile.sha256(trained));
    assertThat(OnnxFile.parse(trained, "a.onnx").metadata())
        .containsEntry("retinaspark.trained.images", "660")
        .containsEntry("retinaspark.trained.source_sha256", OnnxFile.sha256(published))
        .containsEntry("retinaspark.family", "pytorch")
        .doesNotContainKey("retinaspark.source_sha256");
  }

  @Test
  void headOfAnotherFormIsRefused() {
    TrainableModel model = HeadModels.trainable(HeadModels.retinaface(HeadWeights.PER_LEVEL, 1));
    LinearHead narrow = new LinearHead(4, List.of(new float[8]), List.of(new float[8]));
    assertThatThrownBy(
            () -> model.with(new FittedHeads(Map.of(HeadTask.BOX, narrow), null), Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "a head of sizes x values x channels 2x4x1 doesn't fit this model, which has one of"
                + " sizes x values x channels 3x4x16, 3x4x16, 3x4x16, 3x4x16");
    LinearHead broken = changed(model.head(HeadTask.BOX));
    broken.weights().get(2)[5] = Float.NaN;
    assertThatThrownBy(
            () -> model.with(new FittedHeads(Map.of(HeadTask.BOX, broken), null), Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a head has the weight NaN: the fit came to nothing");
  }

  private static LinearHead changed(LinearHead head) {
    List<float[]> weights = new ArrayList<>();
    for (float[] weight : head.weights()) {
      float[] other = weight.clone();
      for (int index = 0; index < other.length; index++) {
        other[index] = -other[index] / 2 + weights.size() * 0.01f;
      }
      weights.add(other);
    }
    return new LinearHead(head.values(), weights, head.biases());
  }
}
