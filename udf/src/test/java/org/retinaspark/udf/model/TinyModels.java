package org.retinaspark.udf.model;

import java.util.ArrayList;
import java.util.List;
import org.retinaspark.udf.detect.family.InsightFaceFamily;
import org.retinaspark.udf.graph.NetworkBuilder;

/**
 * Tiny networks that really detect: white squares on black ground, of a side of 16, 32, 64, 128,
 * 256 or 512 pixels, centred on a cell of their stride (8 for 16 and 32, 16 for 64 and 128, 32 for
 * 256 and 512; cell i has its centre at (i + 0.5) * stride), score 0.9975. The box is the square;
 * the landmarks lie at {@link #LANDMARKS}, in sides of the square from its centre.
 *
 * <p>Each method gives the bytes of an ONNX file, some kilobytes, the same at every call.
 */
public final class TinyModels {

  /** x and y of each landmark from the square's centre, in sides of the square. */
  public static final List<Float> LANDMARKS =
      List.of(-0.2f, -0.2f, 0.2f, -0.2f, 0f, 0f, -0.15f, 0.25f, 0.15f, 0.25f);

  /** Cells a side of the squares at each level, in the order of strides 8, 16, 32. */
  private static final int[][] SQUARES = {{2, 4}, {4, 8}, {8, 16}};

  private static final float PYTORCH_VARIANCE = 0.1f;
  private static final float INSIGHTFACE_CENTRE = 7.5f;

  private TinyModels() {}

  /** PyTorch family with probabilities: input {@code [batch, 3, height, width]} of any size. */
  public static byte[] pytorchFamily() {
    return pytorch(new String[] {"batch", "3", "height", "width"}, 0, "Softmax");
  }

  /** PyTorch family without the softmax. */
  static byte[] pytorchLogits() {
    return pytorch(new String[] {"batch", "3", "height", "width"}, 0, "Identity");
  }

  /** PyTorch family as frozen at 64 x 96, batch 1, its reshapes included. */
  public static byte[] pytorchFrozen() {
    return pytorch(new String[] {"1", "3", "64", "96"}, 1, "Softmax");
  }

  /** The frozen one in a form that no import opens: it takes the first image of a batch. */
  public static byte[] pytorchClosed() {
    return FrozenBatch.of(ModelImportTest.parse(pytorchFrozen()).toBuilder());
  }

  private static byte[] pytorch(String[] size, long batch, String last) {
    NetworkBuilder network = new NetworkBuilder();
    String input = network.input("image", size);
    SquareFinder finder = new SquareFinder(network, input, List.of(104f, 117f, 123f), 1);
    List<Float> points = LANDMARKS.stream().map(offset -> offset / PYTORCH_VARIANCE).toList();
    String[] boxes = new String[SQUARES.length];
    String[] classes = new String[SQUARES.length];
    String[] landmarks = new String[SQUARES.length];
    for (int level = 0; level < SQUARES.length; level++) {
      String cells = finder.cells(8 << level);
      int small = SQUARES[level][0];
      int large = SQUARES[level][1];
      String logits = finder.logits(cells, new int[] {small, small, large, large}, -1, 1, -1, 1);
      boxes[level] = anchors(network, finder.everywhere(cells, zeros(8)), batch, 4);
      classes[level] = anchors(network, logits, batch, 2);
      landmarks[level] =
          anchors(network, finder.everywhere(cells, SquareFinder.repeated(points, 2)), batch, 10);
    }
    String joined = network.along("Concat", 1, classes);
    String scores =
        last.equals("Softmax")
            ? network.along(last, 2, joined)
            : network.node(last, List.of(joined));
    String anchors = batch == 0 ? "anchors" : "252";
    network.output(network.along("Concat", 1, landmarks), "points", size[0], anchors, "10");
    network.output(network.along("Concat", 1, boxes), "boxes", size[0], anchors, "4");
    network.output(scores, "scores", size[0], anchors, "2");
    return network.model().toByteArray();
  }

  private static String anchors(NetworkBuilder network, String map, long batch, long width) {
    return network.reshape(network.transpose(map, 0, 2, 3, 1), batch, -1, width);
  }

  /** InsightFace family, declared at 640 x 640, batch 1; landmarks of the scale v2. */
  public static byte[] insightFaceFamily() {
    NetworkBuilder network = new NetworkBuilder();
    String input = network.input("data", "1", "3", "640", "640");
    String shifted = network.node("Sub", List.of(input, network.floats(List.of(1L), 127.5f)));
    String scaled = network.node("Mul", List.of(shifted, network.floats(List.of(1L), 0.0078125f)));
    SquareFinder finder =
        new SquareFinder(network, scaled, List.of(127.5f, 127.5f, 127.5f), 0.0078125f);
    for (int level = SQUARES.length - 1; level >= 0; level--) {
      int stride = 8 << level;
      String cells = finder.cells(stride);
      int[] squares = {SQUARES[level][1], SQUARES[level][0]};
      String logits =
          finder.logits(
              cells, new int[] {squares[0], squares[1], squares[0], squares[1]}, -1, -1, 1, 1);
      String pairs = network.reshape(logits, 0, 2, -1, 0);
      String probabilities = network.along("Softmax", 1, pairs);
      List<Float> boxes = new ArrayList<>();
      List<Float> points = new ArrayList<>();
      for (int square : squares) {
        float size = square * stride;
        // The family's anchors are centred at 7.5 whatever the stride; the squares on the cell.
        float shift = (stride / 2f - INSIGHTFACE_CENTRE) / size;
        boxes.addAll(List.of(shift, shift, 0f, 0f));
        for (float offset : LANDMARKS) {
          points.add((offset + shift) / InsightFaceFamily.LANDMARK_SCALE_V2);
        }
      }
      String side = Integer.toString(640 / stride);
      String suffix = "_stride" + stride;
      network.output(
          network.reshape(probabilities, 0, 4, -1, 0), "cls" + suffix, "1", "4", side, side);
      network.output(finder.everywhere(cells, boxes), "bbox" + suffix, "1", "8", side, side);
      network.output(finder.everywhere(cells, points), "landmark" + suffix, "1", "20", side, side);
    }
    return network.model().toByteArray();
  }

  /** SCRFD with landmarks: input {@code [1, 3, height, width]}, outputs of rank 2 as exported. */
  public static byte[] scrfdFamily() {
    NetworkBuilder network = new NetworkBuilder();
    String input = network.input("input.1", "1", "3", "height", "width");
    SquareFinder finder =
        new SquareFinder(network, input, List.of(127.5f, 127.5f, 127.5f), 1 / 128f);
    List<String> scores = new ArrayList<>();
    List<String> boxes = new ArrayList<>();
    List<String> points = new ArrayList<>();
    for (int level = 0; level < SQUARES.length; level++) {
      String cells = finder.cells(8 << level);
      List<Float> sides = new ArrayList<>();
      List<Float> landmarks = new ArrayList<>();
      for (int square : SQUARES[level]) {
        // Distances start at the cell's corner, the square is centred half a cell further.
        float before = square / 2f - 0.5f;
        sides.addAll(List.of(before, before, before + 1, before + 1));
        LANDMARKS.forEach(offset -> landmarks.add(offset * square + 0.5f));
      }
      String logits = finder.logits(cells, SQUARES[level], 2, 2);
      scores.add(network.node("Sigmoid", List.of(flat(network, logits, 1))));
      boxes.add(flat(network, finder.everywhere(cells, sides), 4));
      points.add(flat(network, finder.everywhere(cells, landmarks), 10));
    }
    int name = 440;
    for (String score : scores) {
      network.output(score, Integer.toString(name++), "anchors", "1");
    }
    for (String box : boxes) {
      network.output(box, Integer.toString(name++), "anchors", "4");
    }
    for (String point : points) {
      network.output(point, Integer.toString(name++), "anchors", "10");
    }
    return network.model().toByteArray();
  }

  private static String flat(NetworkBuilder network, String map, long width) {
    return network.reshape(network.transpose(map, 2, 3, 0, 1), -1, width);
  }

  /** A classifier: valid ONNX, but no face detector. */
  public static byte[] unknown() {
    NetworkBuilder network = new NetworkBuilder();
    String input = network.input("image", "batch", "3", "height", "width");
    String pooled = network.node("GlobalAveragePool", List.of(input));
    network.output(network.reshape(pooled, 0, 3), "classes", "batch", "3");
    return network.model().toByteArray();
  }

  private static List<Float> zeros(int count) {
    return SquareFinder.repeated(List.of(0f), count);
  }
}
