package org.retinaspark.udf.network;

import java.util.HashMap;
import java.util.Map;
import org.retinaspark.udf.graph.GraphBuilder;
import org.retinaspark.udf.graph.Value;
import org.retinaspark.udf.graph.Window;

/**
 * The heads of a stage: 1x1 convolutions that say something of each anchor. Of their tensors the
 * first axis runs over the sizes of a cell, and over the values of a size.
 */
final class Heads {

  private final Layers layers;
  private final HeadWeights weights;
  private final String stage;
  private final Map<String, Value> tensors = new HashMap<>();
  private final Map<String, Product> products = new HashMap<>();

  /** The heads of a stage, which has this name among the parameters. */
  Heads(Layers layers, HeadWeights weights, String stage) {
    this.layers = layers;
    this.weights = weights;
    this.stage = stage;
  }

  /**
   * Applies a head to the features of a level.
   *
   * @return {@code [batch, anchors, values]}, ordered by row, column, size
   */
  Value on(Level level, String head, int values) {
    String place = "%s.%s.%d".formatted(stage, head, level.stride());
    FeatureMap features = level.features();
    int outputs = level.sizes() * values;
    Value map =
        layers
            .graph()
            .convolution(
                place,
                features.value(),
                tensor(place(level, head) + ".weight", outputs, features.channels(), 1, 1),
                tensor(place(level, head) + ".bias", outputs),
                new Window(1, 1));
    return level.anchors(layers.graph(), place, map, values);
  }

  /**
   * A head as factors of matrix products over chosen anchors.
   *
   * @param weight {@code [sizes * channels, values]}
   * @param bias {@code [sizes, values]}
   */
  record Product(Value weight, Value bias) {}

  /** A head for the features of a level, for {@link LikelyFaces}. */
  Product product(Level level, String head, int values) {
    int sizes = level.sizes();
    int channels = level.features().channels();
    String place = place(level, head);
    return products.computeIfAbsent(
        place,
        key -> {
          float[] weight =
              layers.parameters().tensor(place + ".weight", sizes * values, channels, 1, 1);
          float[] bias = layers.parameters().tensor(place + ".bias", sizes * values);
          GraphBuilder graph = layers.graph();
          return new Product(
              graph.constant(
                  place + ".weight",
                  transposed(weight, sizes, values, channels),
                  sizes * channels,
                  values),
              graph.constant(place + ".bias", bias, sizes, values));
        });
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

  private String place(Level level, String head) {
    String whose = weights == HeadWeights.SHARED ? "shared" : Integer.toString(level.stride());
    return "%s.%s.%s".formatted(stage, head, whose);
  }

  private Value tensor(String name, int... shape) {
    return tensors.computeIfAbsent(name, key -> layers.tensor(key, shape));
  }
}
