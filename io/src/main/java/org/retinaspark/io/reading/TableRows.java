package org.retinaspark.io.reading;

import java.io.Closeable;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.MessageColumnIO;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.io.api.RecordMaterializer;
import org.apache.parquet.schema.MessageType;
import org.apache.spark.sql.catalyst.InternalRow;
import org.jspecify.annotations.Nullable;
import org.retinaspark.io.images.RowSelection;

/**
 * Rows of a Parquet table, a row group in memory at a time. Of a group without a wanted row nothing
 * is read.
 */
final class TableRows implements Closeable {

  private final ParquetFileReader table;
  private final MessageType projection;
  private final MessageColumnIO assembly;
  private final Function<InternalRow, List<@Nullable Object>> carriedValues;
  private final MessageColumnIO carriedAssembly;
  private final RecordMaterializer<InternalRow> carriedRows;
  private final Iterator<BlockMetaData> groups;
  private final @Nullable RowSelection wanted;
  private @Nullable RecordReader<Group> rows;
  private @Nullable RecordReader<InternalRow> besides;
  private List<@Nullable Object> values = List.of();
  private long remaining;
  private long next;

  /**
   * Reads nothing yet.
   *
   * @param table whose row groups are those to read; closed with this
   * @param projection of the rows
   * @param carried further columns, none of which is among them
   * @param wanted absent for all
   */
  TableRows(
      ParquetFileReader table,
      MessageType projection,
      CarriedColumns carried,
      @Nullable RowSelection wanted) {
    MessageType file = table.getFileMetaData().getSchema();
    this.table = table;
    this.projection = projection;
    this.wanted = wanted;
    table.setRequestedSchema(projection.union(carried.projection(file)));
    assembly = new ColumnIOFactory().getColumnIO(projection, file);
    carriedAssembly = new ColumnIOFactory().getColumnIO(carried.projection(file), file);
    carriedRows = carried.materializer(table);
    carriedValues = carried.values();
    groups = table.getRowGroups().iterator();
  }

  /** The next wanted row; nothing after the last. */
  @Nullable Group next() throws IOException {
    while (true) {
      while (remaining == 0) {
        if (!groups.hasNext()) {
          return null;
        }
        enter(groups.next());
      }
      Group values = Objects.requireNonNull(rows).read();
      InternalRow further = Objects.requireNonNull(besides).read();
      remaining--;
      next++;
      if (wanted == null || wanted.has(next - 1)) {
        this.values = carriedValues.apply(further);
        return values;
      }
    }
  }

  private void enter(BlockMetaData group) throws IOException {
    if (wanted != null && !wanted.hasAny(group.getRowIndexOffset(), group.getRowCount())) {
      table.skipNextRowGroup();
      return;
    }
    PageReadStore pages = table.readNextRowGroup();
    remaining = pages.getRowCount();
    next = pages.getRowIndexOffset().orElse(next);
    rows = assembly.getRecordReader(pages, new GroupRecordConverter(projection));
    besides = carriedAssembly.getRecordReader(pages, carriedRows);
  }

  /** The carried values of the row that was given last. */
  List<@Nullable Object> carried() {
    return values;
  }

  /** The number in its file of the row that was given last. */
  long number() {
    return next - 1;
  }

  @Override
  public void close() throws IOException {
    table.close();
  }
}
