package org.retinaspark.udf.detect;

import java.io.Serializable;

/**
 * A point in continuous image coordinates: pixels, origin at the top-left corner of the image.
 *
 * @param x to the right
 * @param y downwards
 */
public record Point(float x, float y) implements Serializable {}
