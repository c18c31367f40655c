package org.retinaspark.udf.network;

import java.util.stream.LongStream;
import org.retinaspark.udf.graph.GraphBuilder;
import org.retinaspark.udf.graph.Value;

/**
 * The anchors of a level that are faces most likely, and their features: dense heads look at
 * nothing else. 102,300 anchors of 1103 vertices would be 1.4 GB an image.
 *
 * @param anchors {@code [batch, k]}: their places in the level, whole numbers
 * @param size {@code [batch, k, sizes]}: 1 at the place of the anchor's size in its cell, else 0
 * @param features {@code [batch, k, sizes * channels]}: the cell's features at the place of the
 *     anchor's size, else 0
 */
record LikelyFaces(Value anchors, Value size, Value features) {

  /** Anchors of a level that get a mesh: as many as a level has faces, and some a face. */
  static final int MOST = 256;

  /**
   * Chooses them.
   *
   * @param probabilities {@code [batch, anchors, 2]} of the level: background, face
   */
  static LikelyFaces of(GraphBuilder graph, Level level, Value probabilities) {
    String place = "likely." + level.stride();
    int sizes = level.sizes();
    long channels = level.features().channels();
    Value face = graph.constant(place + ".face", 1);
    Value column = graph.gather(place + ".column", probabilities, face, 2);
    Value scores = graph.reshape(place + ".scores", column, 0, -1);
    Value all = graph.shape(place + ".all", scores, 1, 2);
    Value most = graph.constant(place + ".most", MOST);
    Value count = graph.binary(place + ".count", "Min", all, most);
    Value anchors = graph.highest(place + ".anchors", scores, count);

    Value each = graph.constant(place + ".sizes", sizes);
    Value cell = graph.binary(place + ".cell", "Div", anchors, each);
    Value map = graph.transpose(place + ".map", level.features().value(), 0L, 2L, 3L, 1L);
    Value cells = graph.reshape(place + ".cells", map, 0, -1, channels);
    Value chosen = graph.rows(place + ".chosen", cells, cell);

    Value number = graph.binary(place + ".number", "Mod", anchors, each);
    Value numbers = graph.reshape(place + ".numbers", number, 0, -1, 1);
    Value range = graph.constant(place + ".range", LongStream.range(0, sizes).toArray());
    Value own = graph.binary(place + ".own", "Equal", numbers, range);
    Value size = graph.floats(place + ".size", own);

    Value one = graph.reshape(place + ".one", size, 0, 0, sizes, 1);
    Value row = graph.reshape(place + ".row", chosen, 0, 0, 1, channels);
    Value placed = graph.binary(place + ".placed", "Mul", one, row);
    Value features = graph.reshape(place + ".features", placed, 0, 0, sizes * channels);
    return new LikelyFaces(anchors, size, features);
  }
}
