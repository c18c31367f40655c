package org.retinaspark.job.crop;

import java.io.Serializable;
import org.retinaspark.udf.crop.AlignmentTemplate;
import org.retinaspark.udf.image.ImageEncoding;

/**
 * How a crop is made.
 *
 * @param template where its landmarks lie, of the crop's size and margin
 * @param size pixels of its side
 * @param sampling how it is made of larger faces
 * @param encoding its file
 */
record CropSettings(
    AlignmentTemplate template, int size, CropSampling sampling, ImageEncoding encoding)
    implements Serializable {

  /** Sides of a crop, in pixels. */
  static final int SMALLEST = 16;

  static final int LARGEST = 4096;
}
