package org.retinaspark.io.wider;

import java.util.Locale;
import java.util.StringTokenizer;

/** One line of a detection file. */
final class DetectionLine {

  static final int COLUMNS = 5;

  private static final String BETWEEN = " \t,;";

  private DetectionLine() {}

  /** Whether it is a detection. */
  static boolean isOne(String line) {
    return read(line, new double[COLUMNS]) >= COLUMNS;
  }

  /** The number that it is; -1 if it is none, or no number of detections. */
  static int count(String line) {
    try {
      double count = Double.parseDouble(line.strip());
      return count == Math.rint(count) && count >= 0 && count <= Integer.MAX_VALUE
          ? (int) count
          : -1;
    } catch (NumberFormatException noNumber) {
      return -1;
    }
  }

  /**
   * Reads the first five numbers, with blanks, commas or semicolons between.
   *
   * @return how many columns there are; 0 if one of the five is no number, or missing
   */
  static int read(String line, double[] row) {
    StringTokenizer words = new StringTokenizer(line, BETWEEN);
    int columns = words.countTokens();
    if (columns < COLUMNS) {
      return 0;
    }
    try {
      for (int i = 0; i < COLUMNS; i++) {
        row[i] = number(words.nextToken());
      }
      return columns;
    } catch (NumberFormatException noNumber) {
      return 0;
    }
  }

  /** As C and Python write numbers: Java's parser knows NaN and Infinity by other names. */
  private static double number(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "nan", "-nan", "+nan" -> Double.NaN;
      case "inf", "+inf", "infinity" -> Double.POSITIVE_INFINITY;
      case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(word);
    };
  }
}
