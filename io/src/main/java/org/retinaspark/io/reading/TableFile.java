package org.retinaspark.io.reading;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.apache.hadoop.fs.Options.OpenFileOptions;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.DelegatingSeekableInputStream;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;
import org.apache.parquet.schema.MessageType;
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
  private final TableColumns columns;
  private final TableRows rows;
  private final Set<String> names = new HashSet<>();

  private TableFile(
      ImageFile file,
      ParquetFileReader table,
      TableColumns columns,
      CarriedColumns carried,
      long maximumBytes) {
    this.file = file;
    this.maximumBytes = maximumBytes;
    this.columns = columns;
    this.rows = new TableRows(table, columns.projection(), carried, file.rows());
  }

  static TableFile open(
      ImageFile file,
      FileOpener opener,
      InputColumns wanted,
      CarriedColumns carried,
      long maximumBytes)
      throws IOException {
    ParquetFileReader table = reader(file, opener);
    try {
      TableColumns columns = TableColumns.of(table.getFileMetaData().getSchema(), wanted);
      return new TableFile(file, table, columns, carried, maximumBytes);
    } catch (RuntimeException failure) {
      table.close();
      throw failure;
    }
  }

  /**
   * What the reader of a table needs to know of its columns.
   *
   * @param keyed whether it has one of keys
   * @param carried those that go through to the output
   */
  record Found(boolean keyed, CarriedColumns carried) {}

  /**
   * Looks for the columns.
   *
   * @throws UnusableLocationException if one is missing
   */
  static Found requireColumns(ImageFile file, FileOpener opener, InputColumns columns)
      throws IOException {
    try (ParquetFileReader table = reader(file, opener)) {
      MessageType schema = table.getFileMetaData().getSchema();
      TableColumns found = TableColumns.of(schema, columns);
      return new Found(
          found.key().isPresent(), CarriedColumns.of(schema, columns.carried(), found));
    } catch (IllegalArgumentException missing) {
      throw new UnusableLocationException(
          "table '%s' %s: nothing was read".formatted(file.uri(), missing.getMessage()), missing);
    }
  }

  static ParquetFileReader reader(ImageFile file, FileOpener opener) throws IOException {
    ParquetReadOptions part =
        ParquetReadOptions.builder().withRange(file.offset(), file.offset() + file.bytes()).build();
    return ParquetFileReader.open(new Input(file, opener), part);
  }

  @Override
  public @Nullable StoredImage next() throws IOException {
    Group values = rows.next();
    if (values == null) {
      return null;
    }
    String key = columns.key(values);
    return image(once(key == null ? Long.toString(rows.number()) : key), columns.content(values))
        .carrying(rows.carried());
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
    return names.add(name) ? name : name + "#" + rows.number();
  }

  @Override
  public void close() throws IOException {
    rows.close();
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
