package org.retinaspark.udf.model;

import ai.onnx.proto.OnnxMl.ModelProto;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.retinaspark.udf.detect.AnchorLevel;
import org.retinaspark.udf.detect.MeshTopology;
import org.retinaspark.udf.detect.family.MatchThresholds;
import org.retinaspark.udf.detect.family.RetinaFaceFamily;
import org.retinaspark.udf.detect.family.RetinaFaceMetadata;
import org.retinaspark.udf.detect.family.Variances;
import org.retinaspark.udf.graph.NetworkBuilder;

/**
 * Tiny networks of the family retinaface, which find the squares of {@link TinyModels}. With two
 * stages the first moves each square aside and changes its sides, and the second moves it back;
 * landmarks and meshes lie where they do in the square, told from the box of the first stage.
 */
public final class TinyCascade {

  /** Its mirror image is known: vertex i becomes 67 - i. */
  public static final MeshTopology MESH68 = mesh("Mesh68", 68, true);

  /** Of this one it isn't. */
  public static final MeshTopology DENSE = mesh("Dense", 80, false);

  private static final int[] STRIDES = {8, 16, 32};
  private static final int[][] SQUARES = {{2, 4}, {4, 8}, {8, 16}};

  /** What the first stage does to a square, in sides of it. */
  private static final float RIGHT = 0.25f;

  private static final float DOWN = -0.5f;
  private static final float WIDER = 1.5f;
  private static final float HIGHER = 0.5f;

  private static final float VARIANCE = Variances.USUAL.centre();
  private static final float SIZE_VARIANCE = Variances.USUAL.size();

  private final NetworkBuilder network = new NetworkBuilder();
  private final RetinaFaceFamily family;
  private final List<String> cells = new ArrayList<>();
  private final SquareFinder finder;

  private TinyCascade(RetinaFaceFamily family) {
    this.family = family;
    String input = network.input("image", "batch", "3", "height", "width");
    this.finder = new SquareFinder(network, input, List.of(104f, 117f, 123f), 1);
    for (int stride : STRIDES) {
      cells.add(finder.cells(stride));
    }
  }

  /** Two stages and two meshes. */
  public static byte[] cascade() {
    return of(family(2, List.of(DENSE, MESH68)));
  }

  /** One stage and no mesh: but for their names, its outputs are those of the PyTorch family. */
  public static byte[] oneStage() {
    return of(family(1, List.of()));
  }

  static RetinaFaceFamily family(int stages, List<MeshTopology> meshes) {
    List<AnchorLevel> levels = new ArrayList<>();
    for (int level = 0; level < STRIDES.length; level++) {
      int stride = STRIDES[level];
      float small = SQUARES[level][0] * stride;
      levels.add(new AnchorLevel(stride, List.of(small, 2 * small)));
    }
    List<MatchThresholds> match =
        List.of(MatchThresholds.FIRST_STAGE, MatchThresholds.SECOND_STAGE).subList(0, stages);
    return new RetinaFaceFamily(levels, Variances.USUAL, match, meshes);
  }

  /** x, y and z of a vertex from the square's centre, in sides of the square. */
  public static List<Float> vertex(MeshTopology mesh, int vertex) {
    float aside = (vertex - (mesh.vertices() - 1) / 2f) / 100;
    return List.of(aside, Math.abs(aside) / 2, Math.abs(aside) - 0.1f);
  }

  private static MeshTopology mesh(String name, int vertices, boolean mirrored) {
    List<Integer> mirror = new ArrayList<>();
    for (int vertex = 0; mirrored && vertex < vertices; vertex++) {
      mirror.add(vertices - 1 - vertex);
    }
    return new MeshTopology(name, vertices, mirror);
  }

  private static byte[] of(RetinaFaceFamily family) {
    TinyCascade tiny = new TinyCascade(family);
    tiny.write();
    ModelProto.Builder model = tiny.network.model().toBuilder();
    for (Map.Entry<String, String> entry : RetinaFaceMetadata.of(family).entrySet()) {
      model.addMetadataPropsBuilder().setKey(entry.getKey()).setValue(entry.getValue());
    }
    return model.build().toByteArray();
  }

  private void write() {
    boolean cascade = family.isCascade();
    float right = cascade ? RIGHT : 0;
    float down = cascade ? DOWN : 0;
    float wider = cascade ? WIDER : 1;
    float higher = cascade ? HIGHER : 1;
    output("boxes1", box(right, down, wider, higher));
    if (cascade) {
      output("boxes2", box(-right / wider, -down / higher, 1 / wider, 1 / higher));
    }
    network.output(scores(), "classes", "batch", "anchors", "2");
    List<Float> landmarks = new ArrayList<>();
    for (int point = 0; point < TinyModels.LANDMARKS.size(); point += 2) {
      landmarks.add((TinyModels.LANDMARKS.get(point) - right) / wider / VARIANCE);
      landmarks.add((TinyModels.LANDMARKS.get(point + 1) - down) / higher / VARIANCE);
    }
    output("landmarks", landmarks);
    if (!family.meshes().isEmpty()) {
      network.output(everyAnchor(), "mesh_anchors", "batch", "rows");
    }
    for (MeshTopology mesh : family.meshes()) {
      List<Float> vertices = new ArrayList<>();
      for (int vertex = 0; vertex < mesh.vertices(); vertex++) {
        List<Float> place = vertex(mesh, vertex);
        vertices.add((place.get(0) - right) / wider / VARIANCE);
        vertices.add((place.get(1) - down) / higher / VARIANCE);
        vertices.add(place.get(2) / wider / VARIANCE);
      }
      output("mesh." + mesh.name(), vertices);
    }
  }

  private static List<Float> box(float right, float down, float wider, float higher) {
    return List.of(
        right / VARIANCE,
        down / VARIANCE,
        (float) Math.log(wider) / SIZE_VARIANCE,
        (float) Math.log(higher) / SIZE_VARIANCE);
  }

  private String scores() {
    String[] levels = new String[STRIDES.length];
    for (int level = 0; level < levels.length; level++) {
      int small = SQUARES[level][0];
      int large = SQUARES[level][1];
      String logits =
          finder.logits(cells.get(level), new int[] {small, small, large, large}, -1, 1, -1, 1);
      levels[level] = anchors(logits, 2);
    }
    return network.along("Softmax", 2, network.along("Concat", 1, levels));
  }

  /** 0, 1, 2 and so on, {@code [batch, anchors]}: this network has a mesh of each anchor. */
  private String everyAnchor() {
    String ones = network.reshape(everywhere(List.of(1f)), 0, -1);
    String axis = network.integers(1);
    String counted = network.node("CumSum", List.of(ones, axis));
    return network.node("Sub", List.of(counted, network.floats(List.of(1L), 1)));
  }

  private void output(String name, List<Float> values) {
    String axis = Integer.toString(values.size());
    network.output(everywhere(values), name, "batch", "anchors", axis);
  }

  /** The same values at every anchor. */
  private String everywhere(List<Float> values) {
    String[] levels = new String[STRIDES.length];
    for (int level = 0; level < levels.length; level++) {
      String map = finder.everywhere(cells.get(level), SquareFinder.repeated(values, 2));
      levels[level] = anchors(map, values.size());
    }
    return network.along("Concat", 1, levels);
  }

  private String anchors(String map, int values) {
    return network.reshape(network.transpose(map, 0, 2, 3, 1), 0, -1, values);
  }
}
