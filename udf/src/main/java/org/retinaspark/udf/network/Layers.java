package org.retinaspark.udf.network;

import org.retinaspark.udf.graph.GraphBuilder;
import org.retinaspark.udf.graph.Value;
import org.retinaspark.udf.graph.Window;

/**
 * Writes the layers that all parts are made of.
 *
 * @param graph where they go
 * @param parameters their numbers
 */
record Layers(GraphBuilder graph, Parameters parameters) {

  private static final int KERNEL = 3;

  /** Two coordinates for each tap of a 3x3 window. */
  private static final int OFFSETS = 2 * KERNEL * KERNEL;

  /** A convolution and its batch normalisation. */
  FeatureMap convolution(String place, FeatureMap map, int channels, Window window) {
    int inputs = map.channels() / window.groups();
    Constants constants = constants(place, channels, inputs, window.kernel());
    return new FeatureMap(
        graph.convolution(
            place + ".conv", map.value(), constants.weight(), constants.bias(), window),
        channels,
        map.stride() * window.stride());
  }

  /** A 3x3 convolution and its batch normalisation, that looks where it is told. */
  FeatureMap convolution(String place, FeatureMap map, int channels, Sampling sampling) {
    Window window = new Window(KERNEL, 1);
    if (sampling == Sampling.REGULAR) {
      return convolution(place, map, channels, window);
    }
    Value offsets = offsets(place + ".offset", map, window);
    Constants constants = constants(place, channels, map.channels(), KERNEL);
    return new FeatureMap(
        graph.deformableConvolution(
            place + ".conv", map.value(), constants.weight(), offsets, constants.bias(), window),
        channels,
        map.stride());
  }

  private Value offsets(String place, FeatureMap map, Window window) {
    Value weight = tensor(place + ".weight", OFFSETS, map.channels(), KERNEL, KERNEL);
    return graph.convolution(place, map.value(), weight, tensor(place + ".bias", OFFSETS), window);
  }

  /** A leaky rectifier behind a place; a plain one where the slope is 0. */
  FeatureMap activated(String place, FeatureMap map, float slope) {
    return map.with(graph.leakyRelu(place + ".relu", map.value(), slope));
  }

  /** A constant that is taken as it is. */
  Value tensor(String name, int... shape) {
    return graph.constant(name, parameters.tensor(name, shape), shape);
  }

  private Constants constants(String place, int channels, int inputs, int kernel) {
    int[] shape = {channels, inputs, kernel, kernel};
    FoldedConvolution folded = FoldedConvolution.of(parameters, place, shape);
    return new Constants(
        graph.constant(place + ".weight", folded.weight(), shape),
        graph.constant(place + ".bias", folded.bias(), channels));
  }

  private record Constants(Value weight, Value bias) {}
}
