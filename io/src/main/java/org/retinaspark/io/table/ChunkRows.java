package org.retinaspark.io.table;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** The rows of committed chunks. What is damaged is an error, and never fewer or other rows. */
record ChunkRows(SparkSession spark, TablePaths paths) {

  /** The rows of chunks; empty if there are no chunks. */
  Optional<Dataset<Row>> of(List<Chunk> chunks) {
    return alike(chunks).stream()
        .map(this::ofAlike)
        .reduce((rows, further) -> rows.unionByName(further, true));
  }

  /** The same chunks, parted by their schemas. */
  static Collection<List<Chunk>> alike(List<Chunk> chunks) {
    return chunks.stream().collect(groupingBy(Chunk::schema, toList())).values();
  }

  /** The rows of chunks of one schema. */
  Dataset<Row> ofAlike(List<Chunk> chunks) {
    return read(
        chunks.get(0).columns(), chunks.stream().map(chunk -> paths.chunk(chunk.name())).toList());
  }

  /** The units that a session does again. */
  Dataset<Row> replaced(RunSession session) {
    return read(DoneUnits.LIST, List.of(paths.replaced(session.number())));
  }

  private Dataset<Row> read(StructType schema, List<Path> folders) {
    return spark
        .read()
        .schema(schema)
        .options(ParquetOptions.reading())
        .parquet(folders.stream().map(Path::toString).toArray(String[]::new));
  }
}
