package org.retinaspark.udf.network;

import org.retinaspark.udf.graph.Value;

/**
 * A map of features, {@code [batch, channels, height, width]}.
 *
 * @param value what makes it
 * @param channels features a cell
 * @param stride pixels of the image between neighbouring cells
 */
public record FeatureMap(Value value, int channels, int stride) {

  /** Another value of the same shape. */
  FeatureMap with(Value other) {
    return new FeatureMap(other, channels, stride);
  }
}
