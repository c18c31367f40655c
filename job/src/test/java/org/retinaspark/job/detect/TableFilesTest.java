package org.retinaspark.job.detect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.retinaspark.job.LocalSpark;
import org.retinaspark.job.Photos;
import org.retinaspark.job.s3.CapturedLog;

/** What a reader finds in the footers of the published files. */
class TableFilesTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;
  private Path photos;
  private Path model;

  @BeforeEach
  void prepare() {
    photos = folder.resolve("photos");
    model = Photos.model(folder.resolve("tiny.onnx"));
    Photos.write(photos.resolve("one.png"), 1);
    Photos.write(photos.resolve("three.png"), 3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--resume", "--retry-failed", "--overwrite"})
  void aCopiedFileSaysWhatMadeIt(String policy) throws IOException {
    Files.writeString(photos.resolve("broken.jpg"), "no image");
    detect();
    JsonNode first = run();
    Photos.write(photos.resolve("four.png"), 2);
    detect(policy);
    JsonNode run = run();
    assertThat(run.path("run").asText()).isNotEmpty();
    assertThat(run.path("run").equals(first.path("run"))).isEqualTo(!policy.equals("--overwrite"));
    List<ParquetMetadata> footers = footers();
    assertThat(footers).isNotEmpty();
    for (ParquetMetadata footer : footers) {
      JsonNode origin = origin(footer);
      assertThat(origin.path("run")).isEqualTo(run.path("run"));
      assertThat(origin.path("model").asText()).isEqualTo("tiny.onnx");
      assertThat(origin.path("model_sha256")).isEqualTo(run.at("/model/sha256"));
      assertThat(origin.path("protocol").asText()).isEqualTo("original");
    }
  }

  @Test
  void countAndBestScoreHaveStatistics() throws IOException {
    detect();
    for (ParquetMetadata footer : footers()) {
      for (String name : List.of("face_count", "best_score", "image")) {
        Statistics<?> statistics =
            footer.getBlocks().stream()
                .flatMap(block -> block.getColumns().stream())
                .filter(column -> column.getPath().toDotString().equals(name))
                .map(ColumnChunkMetaData::getStatistics)
                .findFirst()
                .orElseThrow();
        assertThat(statistics.hasNonNullValue()).as(name).isTrue();
      }
    }
  }

  @Test
  void imagesAreDoneAgainWithoutAWarningOfSpark() throws IOException {
    Files.writeString(photos.resolve("broken.jpg"), "no image");
    detect();
    Photos.write(photos.resolve("broken.jpg"), 2);
    try (CapturedLog log = CapturedLog.open()) {
      detect("--retry-failed");
      assertThat(log.text()).contains("1 have changed").doesNotContain("All paths were ignored");
    }
  }

  private static JsonNode origin(ParquetMetadata footer) throws IOException {
    String schema =
        footer
            .getFileMetaData()
            .getKeyValueMetaData()
            .get("org.apache.spark.sql.parquet.row.metadata");
    return JSON.readTree(schema).at("/fields/0/metadata/retinaspark");
  }

  private List<ParquetMetadata> footers() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("faces"))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("part-"))
          .map(TableFilesTest::footer)
          .toList();
    }
  }

  private static ParquetMetadata footer(Path file) {
    try (ParquetFileReader reader =
        ParquetFileReader.open(
            HadoopInputFile.fromPath(
                new org.apache.hadoop.fs.Path(file.toUri()), new Configuration()))) {
      return reader.getFooter();
    } catch (IOException failure) {
      throw new java.io.UncheckedIOException(failure);
    }
  }

  private JsonNode run() throws IOException {
    return JSON.readTree(folder.resolve("faces/_run.json").toFile());
  }

  private void detect(String... more) throws IOException {
    DetectConfig config = DetectConfigs.of(photos, folder.resolve("faces"), model, more);
    new DetectAction(LocalSpark.session(), config, new PrintWriter(Writer.nullWriter())).execute();
  }
}
