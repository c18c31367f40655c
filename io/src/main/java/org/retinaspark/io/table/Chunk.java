package org.retinaspark.io.table;

/**
 * A committed part of a run's work.
 *
 * @param name of the folder with its rows; begins with the number of its session
 * @param rows in the folder
 * @param bytes in the folder
 */
record Chunk(String name, long rows, long bytes) {

  static String name(int session, int number) {
    return "%03d-%06d".formatted(session, number);
  }

  /** The number of the session that wrote it. */
  int session() {
    return Integer.parseInt(name.substring(0, name.indexOf('-')));
  }
}
