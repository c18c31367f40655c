package org.retinaspark.udf.graph;

/**
 * A convolution of a single cell: of each cell of a map the same numbers, linear in its channels.
 *
 * @param output name of what it makes, which tells it from others
 * @param input name of the map that it reads
 * @param channels of that map
 * @param weights {@code [outputs, channels]}
 * @param biases {@code [outputs]}
 */
public record PointwiseConvolution(
    String output, String input, int channels, float[] weights, float[] biases) {

  /** Channels of the map that it makes. */
  public int outputs() {
    return biases.length;
  }
}
