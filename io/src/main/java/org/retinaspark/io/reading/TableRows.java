package org.retinaspark.io.reading;

import java.io.Closeable;
import java.io.IOException;
import java.util.Iterator;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.MessageColumnIO;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.MessageType;
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
  private final Iterator<BlockMetaData> groups;
  private final @Nullable RowSelection wanted;
  private @Nullable RecordReader<Group> rows;
  private long remaining;
  private long next;

  /**
   * Reads nothing yet.
   *
   * @param table whose row groups are those to read; closed with this
   * @param wanted absent for all
   */
  TableRows(ParquetFileReader table, MessageType projection, @Nullable RowSelection wanted) {
    this.table = table;
    this.projection = projection;
    this.wanted = wanted;
    table.setRequestedSchema(projection);
    assembly = new ColumnIOFactory().getColumnIO(projection, table.getFileMetaData().getSchema());
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
      Group values = java.util.Objects.requireNonNull(rows).read();
      remaining--;
      next++;
      if (wanted == null || wanted.has(next - 1)) {
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
