package org.retinaspark.io.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.retinaspark.io.LocalDisk;
import org.retinaspark.io.LocalSpark;

/** How numbers stand in the files, and why they don't stand in fewer bytes. */
final class FloatStorageTest {

  private static final SparkSession SPARK = LocalSpark.session();

  @TempDir private Path folder;

  @Test
  void floatsAreCompressedAsTheyAre() throws IOException {
    List<ColumnChunkMetaData> columns = floats(written("plain", Map.of()));
    assertThat(columns).hasSize(2);
    assertThat(columns)
        .allSatisfy(
            column -> {
              assertThat(column.getCodec()).isEqualTo(CompressionCodecName.ZSTD);
              assertThat(column.hasDictionaryPage()).isFalse();
              assertThat(column.getEncodings())
                  .contains(Encoding.PLAIN)
                  .doesNotContain(Encoding.BYTE_STREAM_SPLIT);
            });
  }

  /** Once this fails, Spark reads what is an eighth smaller: see decision 0034. */
  @Test
  void splitBytesAreReadBySparkRowByRowAlone() throws IOException {
    Path split = written("split", Map.of("parquet.enable.bytestreamsplit", "true"));
    assertThat(floats(split))
        .allMatch(column -> column.getEncodings().contains(Encoding.BYTE_STREAM_SPLIT));

    Dataset<Row> table = SPARK.read().parquet(split.toString());
    assertThatThrownBy(() -> read(table, true))
        .hasStackTraceContaining("Unsupported encoding: BYTE_STREAM_SPLIT");
    assertThat(read(table, false)).isEqualTo(rows().collectAsList());
  }

  private static List<Row> read(Dataset<Row> table, boolean vectorized) {
    String option = "spark.sql.parquet.enableVectorizedReader";
    SPARK.conf().set(option, vectorized);
    try {
      return table.orderBy("image").collectAsList();
    } finally {
      SPARK.conf().unset(option);
    }
  }

  private static Dataset<Row> rows() {
    return SPARK
        .range(100)
        .selectExpr(
            "cast(id + 1000 as string) as image",
            "transform(sequence(1, 20), i -> struct(float(sin(id + i)) as score,"
                + " transform(sequence(1, 9), j -> float(cos(id * i + j))) as vertices)) as faces");
  }

  private Path written(String name, Map<String, String> further) {
    Map<String, String> options =
        new HashMap<>(ParquetOptions.of(rows().schema(), Compression.ZSTD, new LocalDisk()));
    options.putAll(further);
    Path table = folder.resolve(name);
    rows().coalesce(1).write().options(options).parquet(table.toString());
    return table;
  }

  private static List<ColumnChunkMetaData> floats(Path table) throws IOException {
    Path file;
    try (Stream<Path> files = Files.list(table)) {
      file = files.filter(path -> path.toString().endsWith(".parquet")).findFirst().orElseThrow();
    }
    org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(file.toUri());
    try (ParquetFileReader reader =
        ParquetFileReader.open(HadoopInputFile.fromPath(path, new Configuration()))) {
      return reader.getFooter().getBlocks().get(0).getColumns().stream()
          .filter(
              column -> column.getPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.FLOAT)
          .toList();
    }
  }
}
