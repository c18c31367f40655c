package org.retinaspark.udf.network;

import org.retinaspark.udf.graph.GraphBuilder;
import org.retinaspark.udf.graph.Value;

/**
 * One level of a stage.
 *
 * @param sizes anchors a cell
 * @param features what its context module says
 */
public record Level(int sizes, FeatureMap features) {

  public int stride() {
    return features.stride();
  }

  /** The same level with other features. */
  Level with(FeatureMap other) {
    return new Level(sizes, other);
  }

  /**
   * A map of {@code [batch, sizes * values, height, width]} with an anchor a row, {@code [batch,
   * anchors, values]}.
   */
  public Value anchors(GraphBuilder graph, String place, Value map, int values) {
    Value cells = graph.transpose(place + ".cells", map, 0L, 2L, 3L, 1L);
    return graph.reshape(place + ".anchors", cells, 0, -1, values);
  }
}
