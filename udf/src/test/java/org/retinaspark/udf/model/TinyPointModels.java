package org.retinaspark.udf.model;

import java.util.ArrayList;
import java.util.List;
import org.retinaspark.udf.graph.NetworkBuilder;

/**
 * Tiny networks of the families that tell one face a cell, in the manner of {@link TinyModels}:
 * they find white squares of one size a stride.
 */
public final class TinyPointModels {

  private static final String[] ANY_SIZE = {"batch", "3", "height", "width"};

  /** Cells a side of the square at each stride. */
  private static final int[] YUNET_CELLS = {4, 8, 8};

  private static final int CENTERFACE_STRIDE = 4;
  private static final int CENTERFACE_CELLS = 4;

  private TinyPointModels() {}

  /** YuNet of any size, for squares of a side of 32, 128 and 256. */
  public static byte[] yunetFamily() {
    NetworkBuilder network = new NetworkBuilder();
    String input = network.input("input", ANY_SIZE);
    SquareFinder finder = new SquareFinder(network, input, List.of(0f, 0f, 0f), 1);
    List<String> cells = List.of(finder.cells(8), finder.cells(16), finder.cells(32));
    for (String name : List.of("cls_", "obj_")) {
      for (int level = 0; level < cells.size(); level++) {
        String logits = finder.logits(cells.get(level), new int[] {YUNET_CELLS[level]}, 2);
        String scores = network.node("Sigmoid", List.of(flat(network, logits, 1)));
        network.output(scores, name + (8 << level), "batch", "dim", "1");
      }
    }
    for (int level = 0; level < cells.size(); level++) {
      float side = (float) Math.log(YUNET_CELLS[level]);
      String boxes = finder.everywhere(cells.get(level), List.of(0.5f, 0.5f, side, side));
      network.output(flat(network, boxes, 4), "bbox_" + (8 << level), "batch", "dim", "4");
    }
    for (int level = 0; level < cells.size(); level++) {
      int square = YUNET_CELLS[level];
      // From the cell's corner, half a cell before the centre.
      List<Float> landmarks =
          TinyModels.LANDMARKS.stream().map(offset -> offset * square + 0.5f).toList();
      String points = finder.everywhere(cells.get(level), landmarks);
      network.output(flat(network, points, 10), "kps_" + (8 << level), "batch", "dim", "10");
    }
    return network.model().toByteArray();
  }

  private static String flat(NetworkBuilder network, String map, long width) {
    return network.reshape(network.transpose(map, 0, 2, 3, 1), 0, -1, width);
  }

  /** CenterFace declared at 32 x 32 and a batch of ten, for squares of a side of 16. */
  public static byte[] centerFaceFamily() {
    NetworkBuilder network = new NetworkBuilder();
    String input = network.input("input.1", "10", "3", "32", "32");
    SquareFinder finder = new SquareFinder(network, input, List.of(0f, 0f, 0f), 1);
    String cells = finder.cells(CENTERFACE_STRIDE);
    float side = (float) Math.log(CENTERFACE_CELLS);
    List<Float> landmarks = new ArrayList<>();
    for (int point = 0; point < TinyModels.LANDMARKS.size(); point += 2) {
      // From the corner, and y before x.
      landmarks.add(TinyModels.LANDMARKS.get(point + 1) + 0.5f);
      landmarks.add(TinyModels.LANDMARKS.get(point) + 0.5f);
    }
    String heat =
        network.node("Sigmoid", List.of(finder.logits(cells, new int[] {CENTERFACE_CELLS}, 2)));
    network.output(heat, "537", "10", "1", "8", "8");
    network.output(finder.everywhere(cells, List.of(side, side)), "538", "10", "2", "8", "8");
    network.output(finder.everywhere(cells, List.of(0f, 0f)), "539", "10", "2", "8", "8");
    network.output(finder.everywhere(cells, landmarks), "540", "10", "10", "8", "8");
    return network.model().toByteArray();
  }
}
