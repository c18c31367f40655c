package org.retinaspark.job.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Properties;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.internal.config.ConfigEntry;
import org.apache.spark.sql.internal.SQLConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.retinaspark.job.Repository;

/** Settings in {@code deploy/conf} are ones that this Spark knows, and each says what it is for. */
class SparkSettingsTest {

  /** Families of settings, which Spark has no entry for. */
  private static final Pattern OPEN =
      Pattern.compile(
          "spark\\.hadoop\\.fs\\.s3a\\..+|spark\\.executorEnv\\.[A-Z0-9_]+"
              + "|spark\\.(executor|driver)\\.resource\\.gpu\\.(amount|discoveryScript|vendor)"
              + "|spark\\.task\\.resource\\.gpu\\.amount");

  @ParameterizedTest
  @ValueSource(strings = {"spark-defaults-cpu.conf", "spark-defaults-gpu.conf", "s3a.conf"})
  void areKnownToSpark(String file) {
    assertThat(unknown(settings(file).stringPropertyNames().stream())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"spark-defaults-cpu.conf", "spark-defaults-gpu.conf"})
  void haveACommentALine(String file) {
    List<String> lines = Repository.text("deploy/conf/" + file).lines().toList();

    for (int line = 1; line < lines.size(); line++) {
      if (lines.get(line).startsWith("spark.")) {
        assertThat(lines.get(line - 1)).as(lines.get(line)).startsWith("# ");
      }
    }
  }

  @Test
  void shareAGpuAmongTheTasksOfItsExecutor() {
    Properties gpu = settings("spark-defaults-gpu.conf");

    assertThat(
            Double.parseDouble(gpu.getProperty("spark.task.resource.gpu.amount"))
                * Integer.parseInt(gpu.getProperty("spark.executor.cores")))
        .isEqualTo(Double.parseDouble(gpu.getProperty("spark.executor.resource.gpu.amount")));
  }

  @Test
  void aTypingErrorIsFound() {
    assertThat(unknown(Stream.of("spark.executor.cores", "spark.executor.corse")))
        .containsExactly("spark.executor.corse");
  }

  /** Those that Spark has neither an entry nor a family for. */
  static List<String> unknown(Stream<String> names) {
    // Entries are made when the classes that hold them are first used.
    assertThat(org.apache.spark.internal.config.package$.MODULE$.EXECUTOR_CORES()).isNotNull();
    assertThat(SQLConf.get()).isNotNull();
    TreeSet<String> unknown = new TreeSet<>();
    names
        .filter(name -> !OPEN.matcher(name).matches())
        .filter(name -> ConfigEntry.findEntry(name) == null)
        .forEach(unknown::add);
    return List.copyOf(unknown);
  }

  private static Properties settings(String file) {
    Properties settings = new Properties();
    try {
      settings.load(new StringReader(Repository.text("deploy/conf/" + file)));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    assertThat(settings).isNotEmpty();
    return settings;
  }
}
