package org.retinaspark.io.images;

import java.io.Closeable;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;

/**
 * A Parquet file that units are written to as they are listed, so that no listing is too large for
 * the memory of the process that makes it. Many threads may write.
 */
final class UnitFile implements Closeable {

  /** Bytes that wait in memory; Spark reads each such part by a task of its own. */
  private static final long ROW_GROUP = 8 << 20;

  private static final MessageType SCHEMA =
      Types.buildMessage()
          .required(PrimitiveTypeName.BINARY)
          .as(LogicalTypeAnnotation.stringType())
          .named(UnitColumns.PREFIX)
          .required(PrimitiveTypeName.BINARY)
          .as(LogicalTypeAnnotation.stringType())
          .named(UnitColumns.FORMAT)
          .required(PrimitiveTypeName.BINARY)
          .as(LogicalTypeAnnotation.stringType())
          .named(UnitColumns.PATH)
          .required(PrimitiveTypeName.INT64)
          .named(UnitColumns.OFFSET)
          .required(PrimitiveTypeName.INT64)
          .named(UnitColumns.LENGTH)
          .required(PrimitiveTypeName.INT64)
          .named(UnitColumns.MODIFIED)
          .optional(PrimitiveTypeName.BINARY)
          .as(LogicalTypeAnnotation.stringType())
          .named(UnitColumns.ETAG)
          .required(PrimitiveTypeName.INT64)
          .named(UnitColumns.PIXELS)
          .named("units");

  private final ParquetWriter<Group> writer;

  /** A new file in a folder of its own. */
  UnitFile(Path folder, Configuration hadoop) throws IOException {
    writer =
        ExampleParquetWriter.builder(
                HadoopOutputFile.fromPath(new Path(folder, "part-0.parquet"), hadoop))
            .withConf(hadoop)
            .withType(SCHEMA)
            .withRowGroupSize(ROW_GROUP)
            .withDictionaryEncoding(UnitColumns.PATH, false)
            .withDictionaryEncoding(UnitColumns.ETAG, false)
            .withCompressionCodec(CompressionCodecName.SNAPPY)
            .build();
  }

  void add(ImageFile unit) throws IOException {
    Group row = new SimpleGroup(SCHEMA);
    row.add(UnitColumns.PREFIX, unit.root().prefix());
    row.add(UnitColumns.FORMAT, unit.root().format().name());
    row.add(UnitColumns.PATH, unit.path());
    row.add(UnitColumns.OFFSET, unit.offset());
    row.add(UnitColumns.LENGTH, unit.length());
    row.add(UnitColumns.MODIFIED, unit.modified());
    if (unit.etag() != null) {
      row.add(UnitColumns.ETAG, unit.etag());
    }
    row.add(UnitColumns.PIXELS, unit.pixels());
    synchronized (this) {
      writer.write(row);
    }
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }
}
