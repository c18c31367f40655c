package org.retinaspark.io.reading;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.apache.hadoop.fs.Options.OpenFileOptions;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.DelegatingSeekableInputStream;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.MessageColumnIO;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.io.SeekableInputStream;
import org.jspecify.annotations.Nullable;
import org.retinaspark.io.UnusableLocationException;
import org.retinaspark.io.images.ImageFile;
import org.retinaspark.io.images.InputColumns;

/**
 * The row groups of a Parquet table whose middle lies in a unit's part of the file. Only the
 * columns of images and names are read, a row group at a time.
 */
final class TableFile implements ManyImages.Source {

  private static final String READ_POLICY =
      String.join(
          ", ",
          OpenFileOptions.FS_OPTION_OPENFILE_READ_POLICY_PARQUET,
          OpenFileOptions.FS_OPTION_OPENFILE_READ_POLICY_RANDOM);

  private final ImageFile file;
  private final long maximumBytes;
  private final ParquetFileReader table;
  private final TableColumns columns;
  private final MessageColumnIO assembly;
  private final Set<String> names = new HashSet<>();
  private @Nullable RecordReader<Group> rows;
  private long remaining;
  private long row;

  private TableFile(
      ImageFile file, ParquetFileReader table, TableColumns columns, long maximumBytes) {
    this.file = file;
    this.maximumBytes = maximumBytes;
    this.table = table;
    this.columns = columns;
    table.setRequestedSchema(columns.projection());
    assembly =
        new ColumnIOFactory()
            .getColumnIO(columns.projection(), table.getFileMetaData().getSchema());
  }

  static TableFile open(ImageFile file, FileOpener opener, ReadSettings settings)
      throws IOException {
    ParquetFileReader table = reader(file, opener);
    try {
      TableColumns columns =
          TableColumns.of(table.getFileMetaData().getSchema(), settings.columns());
      return new TableFile(file, table, columns, settings.maximumBytes());
    } catch (RuntimeException failure) {
      table.close();
      throw failure;
    }
  }

  /**
   * Looks for the columns.
   *
   * @throws UnusableLocationException if one is missing
   */
  static void requireColumns(ImageFile file, FileOpener opener, InputColumns columns)
      throws IOException {
    try (ParquetFileReader table = reader(file, opener)) {
      TableColumns.of(table.getFileMetaData().getSchema(), columns);
    } catch (IllegalArgumentException missing) {
      throw new UnusableLocationException(
          "table '%s' %s: nothing was read".formatted(file.uri(), missing.getMessage()), missing);
    }
  }

  private static ParquetFileReader reader(ImageFile file, FileOpener opener) throws IOException {
    ParquetReadOptions part =
        ParquetReadOptions.builder().withRange(file.offset(), file.offset() + file.bytes()).build();
    return ParquetFileReader.open(new Input(file, opener), part);
  }

  @Override
  public @Nullable StoredImage next() throws IOException {
    while (remaining == 0) {
      PageReadStore group = table.readNextRowGroup();
      if (group == null) {
        return null;
      }
      remaining = group.getRowCount();
      row = group.getRowIndexOffset().orElse(row);
      rows = assembly.getRecordReader(group, new GroupRecordConverter(columns.projection()));
    }
    Group values = java.util.Objects.requireNonNull(rows).read();
    String key = columns.key(values);
    byte[] content = columns.content(values);
    StoredImage image = image(once(key == null ? Long.toString(row) : key), content);
    remaining--;
    row++;
    return image;
  }

  private StoredImage image(String name, byte[] content) {
    if (content.length <= maximumBytes) {
      return StoredImage.inside(file, name, content.length, () -> content);
    }
    String reason =
        "row '%s' of '%s' has %d bytes, more than %d"
            .formatted(name, file.uri(), content.length, maximumBytes);
    return StoredImage.inside(
        file,
        name,
        content.length,
        () -> {
          throw new IOException(reason);
        });
  }

  /** A name that the part has again gets the number of its row. */
  private String once(String name) {
    return names.add(name) ? name : name + "#" + row;
  }

  @Override
  public void close() throws IOException {
    table.close();
  }

  /** A table's bytes, for Parquet. */
  private record Input(ImageFile file, FileOpener opener) implements InputFile {

    @Override
    public long getLength() {
      return file.length();
    }

    @Override
    public SeekableInputStream newStream() {
      ResumingStream bytes = opener.stream(file, READ_POLICY);
      return new DelegatingSeekableInputStream(bytes) {
        @Override
        public long getPos() {
          return bytes.position();
        }

        @Override
        public void seek(long target) {
          bytes.seek(target);
        }
      };
    }
  }
}
