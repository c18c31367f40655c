package org.retinaspark.udf.weights;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class WeightFileTest {

  private static final Map<String, List<GoldenWeights.Expected>> EXPECTED =
      GoldenWeights.expected();

  static Stream<String> files() {
    return EXPECTED.keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("files")
  void readsWhatTheFormatsOwnLibraryReads(String file) {
    WeightFile weights = WeightFile.read(GoldenWeights.bytes(file), file);
    List<GoldenWeights.Expected> expected = Objects.requireNonNull(EXPECTED.get(file));
    assertThat(weights.tensors().keySet())
        .containsExactlyInAnyOrderElementsOf(
            expected.stream().map(GoldenWeights.Expected::name).toList());
    for (GoldenWeights.Expected each : expected) {
      StoredTensor tensor = Objects.requireNonNull(weights.tensors().get(each.name()));
      assertThat(tensor.shape()).as(each.name()).isEqualTo(each.shape());
      assertThat(tensor.values()).as(each.name()).containsExactly(each.values());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "contiguous_zip.pth,'PyTorch, zip'",
    "checkpoint.pth,'PyTorch, zip'",
    "views_legacy.pth,'PyTorch, legacy'",
    "contiguous.safetensors,safetensors",
    "packed.npz,npz"
  })
  void tellsTheFormatByTheContent(String file, String format) {
    assertThat(WeightFile.read(GoldenWeights.bytes(file), "weights.bin").format())
        .isEqualTo(format);
  }

  @Test
  void keepsTheOrderOfTheFile() {
    assertThat(WeightFile.read(GoldenWeights.bytes("module_legacy.pth"), "x").tensors().keySet())
        .containsExactly(
            "0.weight",
            "0.bias",
            "1.weight",
            "1.bias",
            "1.running_mean",
            "1.running_var",
            "1.num_batches_tracked");
  }
}
