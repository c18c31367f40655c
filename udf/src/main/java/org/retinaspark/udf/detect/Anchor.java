package org.retinaspark.udf.detect;

/**
 * A square that a network's boxes and landmarks are told relative to, in network pixels.
 *
 * @param x of the centre
 * @param y of the centre
 * @param size side length
 */
record Anchor(float x, float y, float size) {}
