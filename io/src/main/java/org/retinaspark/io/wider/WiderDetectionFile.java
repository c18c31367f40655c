package org.retinaspark.io.wider;

import java.util.Arrays;
import java.util.List;

/**
 * The submission format of WIDER FACE, one text file an image: the image's name, the number of
 * detections, then {@code x y w h score} a line. Source: the benchmark's {@code eval_tools}.
 */
public final class WiderDetectionFile {

  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private WiderDetectionFile() {}

  /** Reads a file's content; whatever is wrong with it is told in the result. */
  public static WiderDetections parse(String content, DetectionLayout asked) {
    List<String> lines =
        content
            .replace(BYTE_ORDER_MARK, "")
            .lines()
            .map(String::strip)
            .filter(line -> !line.isEmpty())
            .toList();
    DetectionLayout layout = asked.of(lines);
    List<String> detections = lines.subList(Math.min(layout.header(), lines.size()), lines.size());
    double[] boxes = new double[detections.size() * GroundTruthImage.BOX];
    double[] scores = new double[detections.size()];
    double[] row = new double[DetectionLine.COLUMNS];
    int rows = 0;
    int wide = 0;
    for (String line : detections) {
      int columns = DetectionLine.read(line, row);
      if (columns > 0) {
        System.arraycopy(row, 0, boxes, rows * GroundTruthImage.BOX, GroundTruthImage.BOX);
        scores[rows++] = row[GroundTruthImage.BOX];
        wide += columns > DetectionLine.COLUMNS ? 1 : 0;
      }
    }
    return new WiderDetections(
        layout,
        Arrays.copyOf(boxes, rows * GroundTruthImage.BOX),
        Arrays.copyOf(scores, rows),
        announced(layout, lines, detections.size()),
        detections.size() - rows,
        wide);
  }

  private static int announced(DetectionLayout layout, List<String> lines, int detections) {
    return switch (layout) {
      case WIDERFACE -> lines.size() < 2 ? -1 : DetectionLine.count(lines.get(1));
      case COUNTED -> lines.isEmpty() ? -1 : DetectionLine.count(lines.get(0));
      case AUTO, NAMED, BOXES -> detections;
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
