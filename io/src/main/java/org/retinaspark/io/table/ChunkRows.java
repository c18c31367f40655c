package org.retinaspark.io.table;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import java.util.ArrayList;
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

  /**
   * The rows of a run that count: not those of units that a later session does again. Empty if
   * there are none.
   *
   * @param kept of an older table
   */
  Optional<Dataset<Row>> counting(ChunkLog log, Optional<Dataset<Row>> kept) {
    Optional<Dataset<Row>> rows = kept;
    List<Chunk> further = new ArrayList<>();
    for (RunSession session : log.sessions()) {
      List<Chunk> own =
          log.chunks().stream().filter(chunk -> chunk.session() == session.number()).toList();
      Optional<Dataset<Row>> replaced = replaced(log, session, own);
      if (replaced.isPresent()) {
        rows = union(rows, further).map(older -> DoneUnits.without(older, replaced.get()));
        further.clear();
      }
      further.addAll(own);
    }
    return union(rows, further);
  }

  /** The units that a session does again; those it has done, where its list is damaged. */
  private Optional<Dataset<Row>> replaced(ChunkLog log, RunSession session, List<Chunk> own) {
    if (!log.isListed(session)) {
      return of(own).map(DoneUnits::replacedBy);
    }
    return session.replaces() ? Optional.of(replaced(session)) : Optional.empty();
  }

  private Optional<Dataset<Row>> union(Optional<Dataset<Row>> rows, List<Chunk> chunks) {
    Optional<Dataset<Row>> further = of(chunks);
    return rows.isPresent() && further.isPresent()
        ? Optional.of(rows.get().unionByName(further.get(), true))
        : rows.or(() -> further);
  }
}
