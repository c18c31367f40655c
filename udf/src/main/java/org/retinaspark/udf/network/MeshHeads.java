package org.retinaspark.udf.network;

import java.util.ArrayList;
import java.util.List;
import org.retinaspark.udf.graph.GraphBuilder;
import org.retinaspark.udf.graph.Value;

/**
 * The dense heads: of the likeliest faces of each level, their meshes. A head is a 1x1 convolution
 * like the others, written as a product of matrices over the chosen anchors. It gives vertices, or
 * coefficients of a basis, which the file shows as constants: kept faces are few beside the chosen
 * anchors, so that who decodes them puts the vertices together.
 */
public final class MeshHeads {

  /** Anchors of a level that get vertices: as many as a level has faces, and some a face. */
  static final int MOST_WITH_VERTICES = 256;

  /** A row of coefficients costs a thirtieth of one of vertices, and a face has some ten rows. */
  static final int MOST_WITH_COEFFICIENTS = 512;

  private static final String ANCHORS = "mesh_anchors";
  private static final int ANCHOR_AXIS = 1;

  private final GraphBuilder graph;
  private final List<Level> levels;
  private final List<Value> logits;
  private final List<LikelyFaces> likely = new ArrayList<>();

  private MeshHeads(GraphBuilder graph, List<Level> levels, List<Value> logits, int most) {
    this.graph = graph;
    this.levels = List.copyOf(levels);
    this.logits = List.copyOf(logits);
    for (int level = 0; level < levels.size(); level++) {
      likely.add(LikelyFaces.of(graph, levels.get(level), logits.get(level), most));
    }
  }

  /**
   * Those of a stage.
   *
   * @param logits of each level, {@code [batch, anchors, 2]}
   */
  public static MeshHeads of(
      GraphBuilder graph, List<Level> levels, List<Value> logits, List<Mesh> meshes) {
    boolean coefficients = meshes.stream().allMatch(mesh -> mesh.coefficients() > 0);
    int most = coefficients ? MOST_WITH_COEFFICIENTS : MOST_WITH_VERTICES;
    return new MeshHeads(graph, levels, logits, most);
  }

  /**
   * The output {@code mesh_anchors [batch, rows]}: which anchors are chosen, by their places among
   * those of all levels, as floats, which are exact for whole numbers below 2^24.
   */
  public void writeAnchors() {
    List<Value> all = new ArrayList<>();
    Value start = graph.constant(ANCHORS + ".start", 0);
    for (int level = 0; level < levels.size(); level++) {
      String place = ANCHORS + "." + levels.get(level).stride();
      Value own = likely.get(level).anchors();
      all.add(graph.floats(place, graph.binary(place + ".place", "Add", own, start)));
      Value count = graph.shape(place + ".count", logits.get(level), 1, 2);
      start = graph.binary(place + ".end", "Add", start, count);
    }
    graph.output(
        graph.concat(ANCHORS, ANCHOR_AXIS, all.toArray(Value[]::new)),
        "the anchors that have a mesh, by their place among all",
        "batch",
        "faces");
  }

  /**
   * The output {@code mesh.NAME [batch, rows, values]}: vertices or coefficients.
   *
   * @param weights of each level
   * @param frame what vertices are relative to, in words
   */
  public void write(Mesh mesh, List<MeshWeights> weights, String frame) {
    String name = "mesh." + mesh.name();
    List<Value> all = new ArrayList<>();
    for (int level = 0; level < levels.size(); level++) {
      String place = name + "." + levels.get(level).stride();
      LikelyFaces faces = likely.get(level);
      MeshWeights own = weights.get(level);
      Value product = graph.binary(place + ".product", "MatMul", faces.features(), own.weight());
      Value bias = graph.binary(place + ".offset", "MatMul", faces.size(), own.bias());
      all.add(graph.binary(place, "Add", product, bias));
    }
    String values =
        mesh.coefficients() == 0
            ? "x, y and z of %d vertices, %s".formatted(mesh.vertices(), frame)
            : "coefficients of mesh_basis." + mesh.name();
    graph.output(
        graph.concat(name, ANCHOR_AXIS, all.toArray(Value[]::new)),
        values,
        "batch",
        "faces",
        Integer.toString(mesh.values()));
  }

  /**
   * The constants {@code mesh_basis.NAME [coefficients, 3 * vertices]} and {@code mesh_mean.NAME [3
   * * vertices]}, which are outputs, so that whoever runs the file can have them: vertices are mean
   * + coefficients * basis.
   *
   * @param frame what vertices are relative to, in words
   */
  public void writeBasis(Mesh mesh, float[] mean, float[] basis, String frame) {
    String coordinates = Integer.toString(mesh.coordinates());
    Value rows =
        graph.constant("mesh_basis." + mesh.name(), basis, mesh.coefficients(), mesh.coordinates());
    graph.output(
        rows,
        "what coefficients of a mesh are multiplied by",
        Integer.toString(mesh.coefficients()),
        coordinates);
    graph.output(
        graph.constant("mesh_mean." + mesh.name(), mean, mesh.coordinates()),
        "x, y and z of each vertex of the mean, %s; the basis is added".formatted(frame),
        coordinates);
  }
}
