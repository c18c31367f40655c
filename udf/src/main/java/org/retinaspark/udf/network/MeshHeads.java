package org.retinaspark.udf.network;

import java.util.ArrayList;
import java.util.List;
import org.retinaspark.udf.graph.GraphBuilder;
import org.retinaspark.udf.graph.Value;

/**
 * The dense heads: of the likeliest faces of each level, the vertices of their meshes. A head is a
 * 1x1 convolution like the others, written as a product of matrices over the chosen anchors; with a
 * basis it gives coefficients, and the vertices are mean + coefficients * basis.
 */
final class MeshHeads {

  private static final int ANCHOR_AXIS = 1;

  private final Layers layers;
  private final GraphBuilder graph;
  private final Heads heads;
  private final List<Level> levels;
  private final List<LikelyFaces> likely = new ArrayList<>();

  /**
   * The dense heads of a stage.
   *
   * @param probabilities of each level, {@code [batch, anchors, 2]}
   */
  MeshHeads(Layers layers, Heads heads, List<Level> levels, List<Value> probabilities) {
    this.layers = layers;
    this.graph = layers.graph();
    this.heads = heads;
    this.levels = levels;
    for (int level = 0; level < levels.size(); level++) {
      likely.add(LikelyFaces.of(graph, levels.get(level), probabilities.get(level)));
    }
  }

  /**
   * The chosen anchors, as floats, which are exact for whole numbers below 2^24.
   *
   * @param name of the result, {@code [batch, k]}: places among the anchors of all levels
   */
  Value anchors(String name, List<Value> probabilities) {
    List<Value> all = new ArrayList<>();
    Value start = graph.constant(name + ".start", 0);
    for (int level = 0; level < levels.size(); level++) {
      String place = name + "." + levels.get(level).stride();
      Value own = likely.get(level).anchors();
      all.add(graph.floats(place, graph.binary(place + ".place", "Add", own, start)));
      Value count = graph.shape(place + ".count", probabilities.get(level), 1, 2);
      start = graph.binary(place + ".end", "Add", start, count);
    }
    return graph.concat(name, ANCHOR_AXIS, all.toArray(Value[]::new));
  }

  /**
   * A mesh of each chosen anchor.
   *
   * @param name of the result, {@code [batch, k, 3 * vertices]}
   */
  Value vertices(String name, Mesh mesh) {
    List<Value> all = new ArrayList<>();
    for (int level = 0; level < levels.size(); level++) {
      String place = name + "." + levels.get(level).stride();
      Heads.Product head = heads.product(levels.get(level), name, mesh.values());
      LikelyFaces faces = likely.get(level);
      Value product = graph.binary(place + ".product", "MatMul", faces.features(), head.weight());
      Value bias = graph.binary(place + ".offset", "MatMul", faces.size(), head.bias());
      all.add(graph.binary(place, "Add", product, bias));
    }
    String values = mesh.coefficients() == 0 ? name : name + ".coefficients";
    Value joined = graph.concat(values, ANCHOR_AXIS, all.toArray(Value[]::new));
    if (mesh.coefficients() == 0) {
      return joined;
    }
    Value basis = layers.tensor(name + ".basis", mesh.coefficients(), mesh.coordinates());
    Value mean = layers.tensor(name + ".mean", mesh.coordinates());
    return graph.binary(name, "Add", graph.binary(name + ".shape", "MatMul", joined, basis), mean);
  }
}
