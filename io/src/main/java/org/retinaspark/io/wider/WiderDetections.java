package org.retinaspark.io.wider;

/**
 * What one detection file of WIDER FACE says.
 *
 * @param boxes {@code [n, 4]}: x, y, width, height
 * @param scores {@code [n]}, in the order of the file
 * @param announced how many the file's second line announces; -1 if that line is missing or no
 *     number
 * @param malformed lines among the detections that aren't five numbers
 */
public record WiderDetections(double[] boxes, double[] scores, int announced, int malformed) {

  /** Whether there are fewer lines than announced, or no announcement: the file is cut. */
  public boolean cut() {
    return announced < 0 || scores.length + malformed < announced;
  }

  /** The first {@code announced} detections, as the MATLAB tool reads them. */
  public WiderDetections upToAnnounced() {
    int count = Math.min(Math.max(announced, 0), scores.length);
    return new WiderDetections(
        java.util.Arrays.copyOf(boxes, count * GroundTruthImage.BOX),
        java.util.Arrays.copyOf(scores, count),
        announced,
        malformed);
  }
}
