package org.retinaspark.io.table;

import org.apache.spark.sql.types.StructType;

/**
 * A committed part of a run's work.
 *
 * @param name of the folder with its rows; begins with the number of its session
 * @param rows in the folder
 * @param bytes in the folder
 * @param schema of the rows, as Spark's JSON, so that nothing of it hangs on the files
 */
record Chunk(String name, RowChecksum rows, long bytes, String schema) {

  static String name(int session, int number) {
    return "%03d-%06d".formatted(session, number);
  }

  /** The number of the session that wrote it. */
  int session() {
    return session(name);
  }

  /** The number of the session that wrote the chunk of a name. */
  static int session(String name) {
    return Integer.parseInt(name.substring(0, name.indexOf('-')));
  }

  /** What its rows have. */
  StructType columns() {
    return (StructType) StructType.fromJson(schema);
  }
}
