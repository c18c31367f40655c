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
 * @param imageIds the numbers of images in COCO files: {@link #IN_ORDER}, {@link #BY_NUMBER}, or
 *     the URI of a COCO file
 * @param policy what becomes of an output that is there
 */
public record ExportConfig(
    String detections,
    ExportFormat format,
    String output,
    BoxNumbers numbers,
    String imageIds,
    WritePolicy policy) {

  /** Ids that count from 1 in the order of the keys. */
  public static final String IN_ORDER = "order";

  /** Ids that are the numbers in the names of files. */
  public static final String BY_NUMBER = "number";

  /**
   * Checks what can be checked without reading.
   *
   * @throws IllegalArgumentException if integers are asked of COCO, whose boxes are floats, or
   *     numbers of images of WIDER FACE, which has none
   */
  public ExportConfig {
    if (format == ExportFormat.COCO && numbers == BoxNumbers.INTEGER) {
      throw new IllegalArgumentException(
          "--integer cuts the boxes of WIDER FACE files, but the format is coco, whose tools read"
              + " floats; leave it out");
    }
    if (format == ExportFormat.WIDERFACE && !imageIds.equals(IN_ORDER)) {
      throw new IllegalArgumentException(
          "--image-ids is '%s', but the format is widerface, which has no ids; leave it out"
              .formatted(imageIds));
    }
  }
}
