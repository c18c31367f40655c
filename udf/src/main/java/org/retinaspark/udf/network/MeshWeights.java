package org.retinaspark.udf.network;

import org.retinaspark.udf.graph.GraphBuilder;
import org.retinaspark.udf.graph.Value;

/**
 * A 1x1 convolution as factors of matrix products over chosen anchors.
 *
 * @param weight {@code [sizes * channels, values]}
 * @param bias {@code [sizes, values]}
 */
public record MeshWeights(Value weight, Value bias) {

  /**
   * Those of a convolution.
   *
   * @param place what they are called
   * @param weight {@code [sizes * values, channels]}
   * @param bias {@code [sizes * values]}
   */
  public static MeshWeights of(
      GraphBuilder graph, String place, Level level, float[] weight, float[] bias) {
    int sizes = level.sizes();
    int channels = level.features().channels();
    int values = bias.length / sizes;
    return new MeshWeights(
        graph.constant(
            place + ".weight",
            transposed(weight, sizes, values, channels),
            sizes * channels,
            values),
        graph.constant(place + ".bias", bias, sizes, values));
  }

  /** Of each size, {@code [values, channels]} becomes {@code [channels, values]}. */
  private static float[] transposed(float[] weight, int sizes, int values, int channels) {
    float[] turned = new float[weight.length];
    for (int size = 0; size < sizes; size++) {
      int start = size * values * channels;
      for (int value = 0; value < values; value++) {
        for (int channel = 0; channel < channels; channel++) {
          turned[start + channel * values + value] = weight[start + value * channels + channel];
        }
      }
    }
    return turned;
  }
}
