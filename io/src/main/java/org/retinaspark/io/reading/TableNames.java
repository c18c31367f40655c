package org.retinaspark.io.reading;

import java.io.Closeable;
import java.io.IOException;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;
import org.retinaspark.io.images.ImageFile;
import org.retinaspark.io.images.InputColumns;

/** The names of a table's rows in their order, without the images. */
final class TableNames implements Closeable {

  private final TableColumns columns;
  private final TableRows rows;
  private @Nullable Group row;

  private TableNames(ParquetFileReader table, InputColumns wanted) {
    MessageType schema = table.getFileMetaData().getSchema();
    columns = TableColumns.of(schema, wanted);
    rows = new TableRows(table, columns.keyOnly(schema), CarriedColumns.NONE, null);
  }

  static TableNames open(ImageFile file, FileOpener opener, InputColumns wanted)
      throws IOException {
    ParquetFileReader table = TableFile.reader(file, opener);
    try {
      return new TableNames(table, wanted);
    } catch (RuntimeException failure) {
      table.close();
      throw failure;
    }
  }

  /** Goes to the next row, if there is one. */
  boolean advance() throws IOException {
    row = rows.next();
    return row != null;
  }

  /** The row's name; absent if it has none. */
  @Nullable String name() {
    return row == null ? null : columns.key(row);
  }

  /** The row's number in its file. */
  long number() {
    return rows.number();
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }
}
