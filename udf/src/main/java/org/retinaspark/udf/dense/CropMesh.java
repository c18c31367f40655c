package org.retinaspark.udf.dense;

/**
 * What a network saw in a crop.
 *
 * @param vertices {@code [vertices, 3]}: x and y in pixels of the crop, continuous, from the crop's
 *     top-left corner; z in the same unit, 0 where the network knows none
 * @param score probability that the crop shows a face; NaN where the network gives none
 */
public record CropMesh(float[] vertices, float score) {}
