package org.retinaspark.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.retinaspark.udf.detect.Thresholds;

/**
 * Boxes and suppression as most ports of biubug6/Pytorch_Retinaface write them: an object a box,
 * and each box against each better one. A yardstick, not a model.
 */
final class PlainFaces {

  private static final int[] STRIDES = {8, 16, 32};
  private static final int[][] SIZES = {{16, 32}, {64, 128}, {256, 512}};
  private static final Thresholds THRESHOLDS = Thresholds.WIDER_FACE;

  private PlainFaces() {}

  /**
   * How many faces have at least {@link FaceCounter#COUNTED}.
   *
   * @param width of the network's input
   * @param height of the network's input
   * @param boxes {@code [anchors, 4]}
   * @param classes {@code [anchors, 2]}, probabilities
   * @param scale pixels of the image in a pixel of the input
   */
  static int count(int width, int height, float[] boxes, float[] classes, float scale) {
    List<float[]> found = new ArrayList<>();
    int anchor = 0;
    for (int level = 0; level < STRIDES.length; level++) {
      int stride = STRIDES[level];
      for (int row = 0; row < (height + stride - 1) / stride; row++) {
        for (int column = 0; column < (width + stride - 1) / stride; column++) {
          for (int size : SIZES[level]) {
            float score = classes[anchor * 2 + 1];
            if (score > THRESHOLDS.score()) {
              float x = (column + 0.5f) * stride + boxes[anchor * 4] * 0.1f * size;
              float y = (row + 0.5f) * stride + boxes[anchor * 4 + 1] * 0.1f * size;
              float w = size * (float) Math.exp(boxes[anchor * 4 + 2] * 0.2f);
              float h = size * (float) Math.exp(boxes[anchor * 4 + 3] * 0.2f);
              found.add(
                  new float[] {
                    (x - w / 2) * scale,
                    (y - h / 2) * scale,
                    (x + w / 2) * scale,
                    (y + h / 2) * scale,
                    score
                  });
            }
            anchor++;
          }
        }
      }
    }
    return (int) suppressed(found).stream().filter(box -> box[4] >= FaceCounter.COUNTED).count();
  }

  private static List<float[]> suppressed(List<float[]> found) {
    found.sort(Comparator.comparingDouble(box -> -box[4]));
    List<float[]> best = found.subList(0, Math.min(found.size(), THRESHOLDS.candidates()));
    boolean[] dropped = new boolean[best.size()];
    List<float[]> kept = new ArrayList<>();
    for (int index = 0; index < dropped.length; index++) {
      if (dropped[index]) {
        continue;
      }
      kept.add(best.get(index));
      for (int other = index + 1; other < dropped.length; other++) {
        dropped[other] |=
            overlap(best.get(index), best.get(other)) > THRESHOLDS.intersectionOverUnion();
      }
    }
    return kept.subList(0, Math.min(kept.size(), THRESHOLDS.faces()));
  }

  private static float overlap(float[] one, float[] other) {
    float width = Math.max(0, Math.min(one[2], other[2]) - Math.max(one[0], other[0]) + 1);
    float height = Math.max(0, Math.min(one[3], other[3]) - Math.max(one[1], other[1]) + 1);
    return width * height / (area(one) + area(other) - width * height);
  }

  private static float area(float[] box) {
    return (box[2] - box[0] + 1) * (box[3] - box[1] + 1);
  }
}
