package org.retinaspark.io.table;

import java.util.HashMap;
import java.util.Map;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.retinaspark.io.LocalDisk;

/**
 * How Spark writes a table's Parquet, and reads it again. Measured numbers are all different, so
 * that a dictionary of them is given up after it has cost most of the time of writing: there is
 * none for floats. Local disks get no {@code .crc} files.
 */
final class ParquetOptions {

  /** Hadoop's local disk as it is, in place of the one with checksums that it has in its cache. */
  private static final Map<String, String> NO_CHECKSUMS =
      Map.of(
          "fs.file.impl", RawLocalFileSystem.class.getName(), "fs.file.impl.disable.cache", "true");

  private static final String DICTIONARY = "parquet.enable.dictionary#";

  /**
   * A page that isn't what was written, and a file that isn't there, are errors, and not fewer
   * rows.
   */
  private static final Map<String, String> READING =
      Map.of(
          "parquet.page.verify-checksum.enabled", "true",
          "ignoreCorruptFiles", "false",
          "ignoreMissingFiles", "false");

  private ParquetOptions() {}

  /** Options of Spark's reader for what becomes a part of the table. */
  static Map<String, String> reading() {
    return READING;
  }

  /**
   * Options of Spark's writer for rows of this schema.
   *
   * @param files where they go; only there, since S3A needs Hadoop's local disk as it is
   */
  static Map<String, String> of(StructType schema, Compression compression, FileSystem files) {
    Map<String, String> options =
        new HashMap<>(files instanceof LocalDisk ? NO_CHECKSUMS : Map.of());
    options.put("compression", compression.label());
    addFields(schema, "", options);
    return options;
  }

  private static void addFields(StructType struct, String prefix, Map<String, String> options) {
    for (StructField field : struct.fields()) {
      add(field.dataType(), prefix + field.name(), options);
    }
  }

  private static void add(DataType type, String path, Map<String, String> options) {
    if (type instanceof StructType struct) {
      addFields(struct, path + ".", options);
    } else if (type instanceof ArrayType array) {
      // The three levels of a list in Parquet's specification, as Spark writes them.
      add(array.elementType(), path + ".list.element", options);
    } else if (type instanceof FloatType || type instanceof DoubleType) {
      options.put(DICTIONARY + path, "false");
    }
  }
}
