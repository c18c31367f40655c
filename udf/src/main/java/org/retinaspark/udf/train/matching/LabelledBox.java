package org.retinaspark.udf.train.matching;

import org.retinaspark.udf.detect.Box;

/**
 * A labelled face, as far as matching needs it.
 *
 * @param face its number among the labelled faces of the image
 * @param box in pixels of the image's frame, or of a network input that shows it
 * @param ignored whether it is neither a face to be found nor background
 */
public record LabelledBox(int face, Box box, boolean ignored) {}
