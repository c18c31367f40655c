package org.retinaspark.udf.detect.family;

/**
 * A box relative to an anchor, as a network is trained to tell it.
 *
 * @param x of the centre, from the anchor's
 * @param y of the centre, from the anchor's
 * @param width logarithm of the width
 * @param height logarithm of the height
 */
public record BoxDeltas(float x, float y, float width, float height) {}
