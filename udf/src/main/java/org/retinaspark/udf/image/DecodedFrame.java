package org.retinaspark.udf.image;

import org.retinaspark.udf.detect.Pixels;

/**
 * What a reader of one format hands over.
 *
 * @param pixels the image as stored
 * @param damaged whether the reader complained about the data
 */
record DecodedFrame(Pixels pixels, boolean damaged) {}
