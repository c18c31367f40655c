package org.retinaspark.job.export;

import org.retinaspark.io.WritePolicy;
import org.retinaspark.io.wider.BoxNumbers;

/**
 * What to export, and how.
 *
 * @param detections URI of the detection table
 * @param format of the output
 * @param output URI of the folder (WIDER FACE) or file (COCO)
 * @param numbers how WIDER FACE files say boxes
 * @param policy what becomes of an output that is there
 */
public record ExportConfig(
    String detections, ExportFormat format, String output, BoxNumbers numbers, WritePolicy policy) {

  /**
   * Checks what can be checked without reading.
   *
   * @throws IllegalArgumentException if integers are asked of COCO, whose boxes are floats
   */
  public ExportConfig {
    if (format == ExportFormat.COCO && numbers == BoxNumbers.INTEGER) {
      throw new IllegalArgumentException(
          "--integer cuts the boxes of WIDER FACE files, but the format is coco, whose tools read floats; leave it out");
    }
  }
}
