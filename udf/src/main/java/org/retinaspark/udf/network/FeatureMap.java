package org.retinaspark.udf.network;

import org.retinaspark.udf.graph.Value;

/**
 * A map of features, {@code [batch, channels, height, width]}.
 *
 * @param value what makes it
 * @param channels features a cell
 */
record FeatureMap(Value value, int channels) {}
