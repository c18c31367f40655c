package org.retinaspark.udf.graph;

/** Text out of a model file, which may hold anything, made fit for a terminal and a log. */
public final class Printable {

  private static final int LONGEST = 120;

  private Printable() {}

  /** The text without control characters, and cut where it is very long. */
  public static String text(String foreign) {
    String plain = foreign.replaceAll("\\p{C}", "?");
    return plain.length() <= LONGEST ? plain : plain.substring(0, LONGEST) + "...";
  }
}
