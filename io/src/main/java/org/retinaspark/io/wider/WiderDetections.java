package org.retinaspark.io.wider;

import java.util.Arrays;

/**
 * What one detection file of WIDER FACE says.
 *
 * @param layout what stood before the detections
 * @param boxes {@code [n, 4]}: x, y, width, height
 * @param scores {@code [n]}, in the order of the file
 * @param announced how many the file announces, those that there are where its layout doesn't; -1
 *     if the line that should is missing or no number
 * @param malformed lines among the detections that aren't five numbers
 * @param wide lines of more than five columns, of which the first five were taken
 */
public record WiderDetections(
    DetectionLayout layout,
    double[] boxes,
    double[] scores,
    int announced,
    int malformed,
    int wide) {

  /** Whether there are fewer lines than announced, or no announcement: the file is cut. */
  public boolean cut() {
    return announced < 0 || scores.length + malformed < announced;
  }

  /** Whether there are more lines than announced. */
  public boolean exceeding() {
    return !cut() && scores.length + malformed > announced;
  }

  /** The first {@code announced} detections, as the MATLAB tool reads them. */
  public WiderDetections upToAnnounced() {
    int count = Math.min(Math.max(announced, 0), scores.length);
    return new WiderDetections(
        layout,
        Arrays.copyOf(boxes, count * GroundTruthImage.BOX),
        Arrays.copyOf(scores, count),
        announced,
        malformed,
        wide);
  }
}
