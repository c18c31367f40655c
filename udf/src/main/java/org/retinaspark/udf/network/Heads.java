package org.retinaspark.udf.network;

import java.util.HashMap;
import java.util.Map;
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
  private final Map<String, MeshWeights> products = new HashMap<>();

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

  /** A head for the features of a level, for {@link MeshHeads}. */
  MeshWeights product(Level level, String head, int values) {
    int outputs = level.sizes() * values;
    int channels = level.features().channels();
    String place = place(level, head);
    return products.computeIfAbsent(
        place,
        key ->
            MeshWeights.of(
                layers.graph(),
                place,
                level,
                layers.parameters().tensor(place + ".weight", outputs, channels, 1, 1),
                layers.parameters().tensor(place + ".bias", outputs)));
  }

  private String place(Level level, String head) {
    String whose = weights == HeadWeights.SHARED ? "shared" : Integer.toString(level.stride());
    return "%s.%s.%s".formatted(stage, head, whose);
  }

  private Value tensor(String name, int... shape) {
    return tensors.computeIfAbsent(name, key -> layers.tensor(key, shape));
  }
}
