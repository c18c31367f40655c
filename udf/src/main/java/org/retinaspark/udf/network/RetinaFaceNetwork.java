package org.retinaspark.udf.network;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.retinaspark.udf.detect.family.RetinaFaceMetadata;
import org.retinaspark.udf.graph.GraphBuilder;
import org.retinaspark.udf.graph.Value;

/**
 * The whole network: image, backbone, pyramid, context modules, heads.
 *
 * <p>Its input {@code image} is {@code [batch, 3, height, width]} of any size, BGR less the mean
 * (104, 117, 123). A level of stride s has ceil(height / s) x ceil(width / s) cells; anchors are
 * ordered by level, row, column, size. Outputs of a network of {@link Architecture#isPyTorch}:
 * {@code boxes [batch, anchors, 4]}, {@code classes [batch, anchors, 2]} (probabilities of
 * background and face) and {@code landmarks [batch, anchors, 10]}. Of any other: {@code boxes1
 * [batch, anchors, 4]}, relative to the anchors; with two stages {@code boxes2}, relative to the
 * boxes of the first; {@code classes} and {@code landmarks} of the last stage; and with meshes
 * {@code mesh_anchors [batch, k]}, the likeliest anchors of each level, as floats, and of each mesh
 * {@code mesh.<name> [batch, k, 3 * vertices]}, relative to the same box as the landmarks, or
 * {@code [batch, k, coefficients]} and the constants {@code mesh_basis.<name>} and {@code
 * mesh_mean.<name>}.
 */
public final class RetinaFaceNetwork {

  /** The entry of the metadata that says what was built. */
  private static final String NETWORK = "retinaspark.network";

  private static final int ANCHOR_AXIS = 1;
  private static final int IMAGE_CHANNELS = 3;
  private static final int BOX = 4;
  private static final int CLASSES = 2;
  private static final int LANDMARKS = 10;

  private final Architecture architecture;
  private final GraphBuilder graph;
  private final Layers layers;

  private RetinaFaceNetwork(Architecture architecture, Parameters parameters) {
    this.architecture = architecture;
    this.graph = new GraphBuilder("RetinaFace");
    this.layers = new Layers(graph, parameters);
  }

  /**
   * The network as an ONNX file.
   *
   * @throws IllegalArgumentException if a tensor is missing or of another shape
   */
  public static byte[] onnx(Architecture architecture, Parameters parameters) {
    RetinaFaceNetwork network = new RetinaFaceNetwork(architecture, parameters);
    network.write();
    return network.graph.onnx(metadata(architecture));
  }

  private static Map<String, String> metadata(Architecture architecture) {
    Map<String, String> metadata = new LinkedHashMap<>();
    if (!architecture.isPyTorch()) {
      metadata.putAll(RetinaFaceMetadata.of(architecture.family()));
    }
    metadata.put(NETWORK, architecture.text());
    return metadata;
  }

  private void write() {
    Value image =
        graph.input("image", "batch", Integer.toString(IMAGE_CHANNELS), "height", "width");
    List<FeatureMap> pyramid =
        new FeaturePyramid(layers, architecture.channels(), architecture.sampling())
            .levels(
                architecture.backbone().maps(layers, new FeatureMap(image, IMAGE_CHANNELS, 1)),
                architecture.strides());
    List<Level> levels = new ArrayList<>();
    for (int level = 0; level < pyramid.size(); level++) {
      int sizes = architecture.anchors().get(level).sizes().size();
      levels.add(new Level(sizes, pyramid.get(level)));
    }
    for (int stage = 1; stage <= architecture.stages(); stage++) {
      levels = context(stage, levels);
      Heads heads = new Heads(layers, architecture.heads(), "head" + stage);
      String boxes = architecture.isPyTorch() ? "boxes" : "boxes" + stage;
      output(boxes, describedBoxes(stage), BOX, all(heads, levels, "box", BOX));
      if (stage == architecture.stages()) {
        List<Value> logits = all(heads, levels, "class", CLASSES);
        output("classes", "probabilities of background and face", CLASSES, probabilities(logits));
        output(
            "landmarks",
            "x and y of five points, " + describedFrame(),
            LANDMARKS,
            all(heads, levels, "landmark", LANDMARKS));
        if (!architecture.meshes().isEmpty()) {
          meshes(heads, levels, logits);
        }
      }
    }
  }

  private List<Level> context(int stage, List<Level> levels) {
    ContextModule context = new ContextModule(layers, architecture.sampling());
    return levels.stream()
        .map(level -> level.with(context.of("context" + stage, level.features())))
        .toList();
  }

  private void meshes(Heads heads, List<Level> levels, List<Value> logits) {
    MeshHeads meshHeads = MeshHeads.of(graph, levels, logits, architecture.meshes());
    meshHeads.writeAnchors();
    String frame = describedFrame();
    for (Mesh mesh : architecture.meshes()) {
      String name = "mesh." + mesh.name();
      List<MeshWeights> weights =
          levels.stream().map(level -> heads.product(level, name, mesh.values())).toList();
      meshHeads.write(mesh, weights, frame);
      if (mesh.coefficients() > 0) {
        Parameters parameters = layers.parameters();
        float[] mean = parameters.tensor(name + ".mean", mesh.coordinates());
        float[] basis = parameters.tensor(name + ".basis", mesh.coefficients(), mesh.coordinates());
        meshHeads.writeBasis(mesh, mean, basis, frame);
      }
    }
  }

  private List<Value> probabilities(List<Value> logits) {
    return logits.stream().map(each -> graph.softmax(each.name() + ".softmax", each)).toList();
  }

  private static List<Value> all(Heads heads, List<Level> levels, String head, int values) {
    return levels.stream().map(level -> heads.on(level, head, values)).toList();
  }

  private static String describedBoxes(int stage) {
    return "centre and logarithms of the sides, relative to "
        + (stage == 1 ? "the anchors" : "the boxes of the first stage");
  }

  /** What landmarks and meshes are relative to. */
  private String describedFrame() {
    return "relative to " + (architecture.stages() == 1 ? "the anchors" : "boxes1");
  }

  private void output(String name, String description, int values, List<Value> levels) {
    Value all = graph.concat(name, ANCHOR_AXIS, levels.toArray(Value[]::new));
    graph.output(all, description, "batch", "anchors", Integer.toString(values));
  }
}
