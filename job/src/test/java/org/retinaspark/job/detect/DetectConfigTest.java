package org.retinaspark.job.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.retinaspark.job.UsageException;
import org.retinaspark.job.options.DecidesRows;
import org.retinaspark.job.options.DeclaredOptions;
import org.retinaspark.job.options.Range;
import org.retinaspark.udf.detect.Thresholds;
import org.retinaspark.udf.image.DecodeSettings;
import org.retinaspark.udf.pipeline.FaceDetails;
import org.retinaspark.udf.pipeline.PipelineSettings;
import org.retinaspark.udf.runtime.Batching;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

class DetectConfigTest {

  @Test
  void defaultsAreThoseOfTheParts() {
    DetectConfig config = config();

    assertThat(config.thresholds()).isEqualTo(Thresholds.WIDER_FACE);
    assertThat(config.reading().decoding()).isEqualTo(DecodeSettings.DEFAULT);
    assertThat(config.reading().pipeline()).isEqualTo(PipelineSettings.DEFAULT);
    assertThat(config.network().batching()).isEqualTo(Batching.DEFAULT);
  }

  @Test
  void optionsThatDecideRowsAreRecordedByName() {
    DetectConfig config = config("--split", "val", "--readers", "3", "--orientation", "ignore");

    assertThat(DeclaredOptions.of(config).decidingRows())
        .containsEntry("split", "val")
        .containsEntry("orientation", "ignore")
        .containsEntry("protocol", "original")
        .containsEntry("score-threshold", 0.02f)
        .containsEntry("max-bytes", 134217728L)
        .doesNotContainKeys("readers", "output", "key-column", "progress");
  }

  /** All that a new option needs is its declaration. */
  @Test
  void aNewOptionIsDeclaredOnce() {
    WithNewOption config = new WithNewOption();
    config.sharpness = 0.5;
    DeclaredOptions options = DeclaredOptions.of(config);

    assertThat(options.decidingRows()).containsEntry("sharpness", 0.5).containsKey("max-faces");
    config.sharpness = 3;
    assertThatThrownBy(options::requireValid)
        .hasMessage("--sharpness is 3.0, but must be from 0.25 to 1");
  }

  @SuppressWarnings("UnusedVariable") // picocli reads them
  private static final class WithNewOption {

    @Mixin final DetectConfig config = config();

    @DecidesRows
    @Range(from = 0.25, to = 1)
    @Option(names = "--sharpness")
    double sharpness;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--max-failure-rate | 2   | is 2.0, but must be from 0 to 1",
        "--max-failure-rate | NaN | is NaN, but must be from 0 to 1",
        "--partition-size   | 0   | is 0, but must be at least 1",
        "--max-bytes        | 0   | is 0, but must be at least 1",
        "--retry-time       | -1  | is -1, but must be at least 0",
        "--file-size        | 0   | is 0, but must be at least 1",
        "--lock-expiry      | 9   | is 9, but must be at least 10",
        "--top-k            | 0   | is 0, but must be at least 1",
        "--readers          | 257 | is 257, but must be from 1 to 256",
        "--batch-size       | 0   | is 0, but must be at least 1",
        "--mesh-min-face    | 0   | is 0.0, but must be from 1 to 10000",
        "--mesh-min-face    | NaN | is NaN, but must be from 1 to 10000",
        "--mesh-min-score   | 1.5 | is 1.5, but must be from 0 to 1",
        "--details | pose,,mesh   | has '', but must be some of mesh, landmarks68, pose, parts,"
            + " with commas between, or none alone",
        "--details | pose,none    | has 'none', but must be some of mesh, landmarks68, pose, parts,"
            + " with commas between, or none alone",
        "--details | Pose, pose   | has 'pose' twice, but must have each once",
      })
  void valuesOutOfRangeAreRefusedByName(String option, String value, String message) {
    assertThatThrownBy(
            () -> DetectConfig.of("--input", "i", "--output", "o", "--model", "m", option, value))
        .isInstanceOf(UsageException.class)
        .hasMessage(option + " " + message + ": nothing was done");
  }

  @Test
  void detailsAreWhatTheyAreCalledInTheTable() {
    assertThat(config().details().asked()).isEmpty();
    assertThat(config("--details", "None").details().asked()).hasValue(Set.of());
    assertThat(config("--details", "parts,Mesh").details().asked())
        .hasValue(Set.of(FaceDetails.Kind.MESH, FaceDetails.Kind.PARTS));
    assertThatThrownBy(() -> config("--mesh-model", "mesh.onnx", "--details", "none"))
        .hasMessage(
            "--details none leaves --mesh-model nothing to tell: give one of the two: nothing was"
                + " done");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--checkpoint-images", "--max-pixels"})
  void nothingIsNoLimit(String option) {
    assertThatThrownBy(() -> config(option, "0")).hasMessageContaining(option);
  }

  /** Every option that takes text may be a location, so that none is left out. */
  private static DetectConfig config(String... more) {
    return DetectConfigs.of(Path.of("photos"), Path.of("faces"), Path.of("m.onnx"), more);
  }
}
