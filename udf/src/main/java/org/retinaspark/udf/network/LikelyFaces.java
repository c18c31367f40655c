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

  private static final String PREFIX = "mesh_likely.";

  /**
   * Chooses them.
   *
   * @param logits {@code [batch, anchors, 2]} of the level: background, face
   * @param most anchors that are chosen, or all if there are fewer
   */
  static LikelyFaces of(GraphBuilder graph, Level level, Value logits, int most) {
    String place = PREFIX + level.stride();
    int sizes = level.sizes();
    long channels = level.features().channels();
    Value background = graph.constant(place + ".background", 0);
    Value face = graph.constant(place + ".face", 1);
    Value scores =
        graph.reshape(
            place + ".scores",
            graph.binary(
                place + ".likelihood",
                "Sub",
                graph.gather(place + ".for", logits, face, 2),
                graph.gather(place + ".against", logits, background, 2)),
            0,
            -1);
    Value anchors = graph.highest(place + ".anchors", scores, count(graph, place, scores, most));

    Value each = graph.constant(place + ".sizes", sizes);
    Value cell = graph.binary(place + ".cell", "Div", anchors, each);
    Value map = graph.reshape(place + ".cells", level.features().value(), 0, 0, -1);
    Value chosen = graph.cells(place + ".chosen", map, channels, cell);

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

  /** As floats: before operator set 12 whole numbers have no Min. */
  private static Value count(GraphBuilder graph, String place, Value scores, int most) {
    Value all = graph.floats(place + ".all", graph.shape(place + ".axis", scores, 1, 2));
    Value limit = graph.constant(place + ".most", new float[] {most}, 1);
    return graph.wholeNumbers(place + ".count", graph.binary(place + ".fewer", "Min", all, limit));
  }
}
