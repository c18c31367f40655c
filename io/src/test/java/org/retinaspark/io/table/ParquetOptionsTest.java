package org.retinaspark.io.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.retinaspark.io.LocalDisk;

/** Floats at any depth have no dictionary, by the names that Parquet gives their columns. */
final class ParquetOptionsTest {

  @Test
  void floatsHaveNoDictionary() {
    StructType schema =
        StructType.fromDDL(
            "image STRING, ratio DOUBLE, faces ARRAY<STRUCT<score: FLOAT, part: STRING, box:"
                + " STRUCT<x1: FLOAT>, mesh: ARRAY<FLOAT>>>");
    assertThat(ParquetOptions.of(schema, Compression.SNAPPY, new LocalDisk()))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "fs.file.impl", "org.apache.hadoop.fs.RawLocalFileSystem",
                "fs.file.impl.disable.cache", "true",
                "compression", "snappy",
                "parquet.enable.dictionary#ratio", "false",
                "parquet.enable.dictionary#faces.list.element.score", "false",
                "parquet.enable.dictionary#faces.list.element.box.x1", "false",
                "parquet.enable.dictionary#faces.list.element.mesh.list.element", "false"));
  }
}
