package org.retinaspark.io.images;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
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
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** A Parquet file that the rows of a text go to as they are read, for Spark to read. */
final class TextRows implements Closeable {

  /** The column of the number of a row's line. */
  static final String LINE = "line of the manifest";

  /** Bytes that wait in memory; Spark reads each such part by a task of its own. */
  private static final long ROW_GROUP = 8 << 20;

  private final MessageType schema;
  private final ParquetWriter<Group> writer;

  /** A new file in a folder of its own, of so many columns. */
  TextRows(int columns, Path folder, Configuration hadoop) throws IOException {
    Types.MessageTypeBuilder message = Types.buildMessage();
    message.required(PrimitiveTypeName.INT64).named(LINE);
    for (int column = 0; column < columns; column++) {
      message
          .optional(PrimitiveTypeName.BINARY)
          .as(LogicalTypeAnnotation.stringType())
          .named(name(column));
    }
    schema = message.named("rows");
    writer =
        ExampleParquetWriter.builder(
                HadoopOutputFile.fromPath(new Path(folder, "part-0.parquet"), hadoop))
            .withConf(hadoop)
            .withType(schema)
            .withRowGroupSize(ROW_GROUP)
            .withCompressionCodec(CompressionCodecName.SNAPPY)
            .build();
  }

  /** By number, since names of users may be anything. */
  private static String name(int column) {
    return "c" + column;
  }

  void add(long line, @Nullable String... values) throws IOException {
    Group row = new SimpleGroup(schema);
    row.add(LINE, line);
    for (int column = 0; column < values.length; column++) {
      String value = values[column];
      if (value != null) {
        row.add(name(column), value);
      }
    }
    writer.write(row);
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }

  /** The rows of a folder, with columns of these names after {@link #LINE}. */
  static Dataset<Row> read(SparkSession spark, Path folder, List<String> columns) {
    StructType schema = new StructType().add(LINE, "long");
    for (int column = 0; column < columns.size(); column++) {
      schema = schema.add(name(column), "string");
    }
    String[] names = new String[columns.size() + 1];
    names[0] = LINE;
    for (int column = 0; column < columns.size(); column++) {
      names[column + 1] = columns.get(column);
    }
    return spark.read().schema(schema).parquet(folder.toString()).toDF(names);
  }
}
