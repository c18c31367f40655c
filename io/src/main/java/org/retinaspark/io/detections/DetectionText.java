package org.retinaspark.io.detections;

import java.io.Serializable;
import org.retinaspark.io.wider.DetectionLayout;
import org.retinaspark.io.wider.WiderDetectionFile;
import org.retinaspark.io.wider.WiderDetections;

/**
 * How detection files are read.
 *
 * @param layout what stands before the detections
 * @param boxes what the four numbers of a box are
 * @param lines which lines count
 */
public record DetectionText(DetectionLayout layout, BoxForm boxes, LineRule lines)
    implements Serializable {

  private static final int BOX = 4;

  /** What the numbers of a box are. */
  public enum BoxForm {
    /** x, y, width and height, as the benchmark has them. */
    XYWH,
    /** x and y of the corner at the top left, then of that at the bottom right. */
    XYXY
  }

  /** Which lines of a file count. */
  public enum LineRule {
    /** The announced number; a file that is cut or malformed counts as empty (MATLAB). */
    ANNOUNCED,
    /** Every line that is a detection, whatever the file announces (Python). */
    EVERY_LINE
  }

  /** The detections of a file, with what is wrong with it. */
  DetectionRecord read(String content) {
    WiderDetections file = WiderDetectionFile.parse(content, layout);
    DetectionStatus status = status(file);
    if (lines == LineRule.ANNOUNCED) {
      boolean empty = status == DetectionStatus.MALFORMED || status == DetectionStatus.CUT;
      file = empty ? WiderDetectionFile.parse("", layout) : file.upToAnnounced();
    }
    return new DetectionRecord(status, inSizes(file.boxes()), file.scores(), new double[0]);
  }

  private DetectionStatus status(WiderDetections file) {
    if (file.malformed() > 0) {
      return DetectionStatus.MALFORMED;
    }
    if (file.cut()) {
      return DetectionStatus.CUT;
    }
    if (file.exceeding()) {
      return DetectionStatus.EXCEEDING;
    }
    if (layout == DetectionLayout.AUTO && file.layout() != DetectionLayout.WIDERFACE) {
      return DetectionStatus.HEADERLESS;
    }
    return file.wide() > 0 ? DetectionStatus.WIDE : DetectionStatus.OK;
  }

  private double[] inSizes(double[] numbers) {
    if (boxes == BoxForm.XYXY) {
      for (int box = 0; box < numbers.length; box += BOX) {
        numbers[box + 2] -= numbers[box];
        numbers[box + 3] -= numbers[box + 1];
      }
    }
    return numbers;
  }
}
