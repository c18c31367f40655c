package org.retinaspark.io.wider;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.StringTokenizer;

/**
 * The submission format of WIDER FACE, one text file an image: the image's name, the number of
 * detections, then {@code x y w h score} a line. Source: the benchmark's {@code eval_tools}.
 */
public final class WiderDetectionFile {

  private static final int HEADER = 2;
  private static final int COLUMNS = 5;

  private WiderDetectionFile() {}

  /** Reads a file's content; whatever is wrong with it is told in the result. */
  public static WiderDetections parse(String content) {
    List<String> lines = content.lines().toList();
    int announced = lines.size() < HEADER ? -1 : count(lines.get(1).strip());
    int capacity = Math.max(0, lines.size() - HEADER);
    double[] boxes = new double[capacity * GroundTruthImage.BOX];
    double[] scores = new double[capacity];
    double[] row = new double[COLUMNS];
    int rows = 0;
    int malformed = 0;
    for (String line : lines.subList(Math.min(HEADER, lines.size()), lines.size())) {
      if (line.isBlank()) {
        continue;
      }
      if (!numbers(line, row)) {
        malformed++;
        continue;
      }
      System.arraycopy(row, 0, boxes, rows * GroundTruthImage.BOX, GroundTruthImage.BOX);
      scores[rows++] = row[GroundTruthImage.BOX];
    }
    return new WiderDetections(
        Arrays.copyOf(boxes, rows * GroundTruthImage.BOX),
        Arrays.copyOf(scores, rows),
        announced,
        malformed);
  }

  private static int count(String line) {
    try {
      return Integer.parseInt(line);
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  private static boolean numbers(String line, double[] row) {
    StringTokenizer words = new StringTokenizer(line, " \t,");
    if (words.countTokens() < COLUMNS) {
      return false;
    }
    try {
      for (int i = 0; i < COLUMNS; i++) {
        row[i] = number(words.nextToken());
      }
      return true;
    } catch (NumberFormatException e) {
      return false;
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

  /**
   * Writes a file's content.
   *
   * @param image the image's key, for the first line
   * @param boxes {@code [n, 4]}: x, y, width, height
   * @param scores {@code [n]}
   * @param numbers how boxes are written
   */
  public static String format(String image, double[] boxes, double[] scores, BoxNumbers numbers) {
    StringBuilder text = new StringBuilder(64 * (scores.length + 1));
    text.append(image).append('\n').append(scores.length).append('\n');
    for (int i = 0; i < scores.length; i++) {
      int at = i * GroundTruthImage.BOX;
      numbers.append(text, boxes[at], boxes[at + 1], boxes[at + 2], boxes[at + 3]);
      text.append(' ').append(scores[i]).append('\n');
    }
    return text.toString();
  }
}
