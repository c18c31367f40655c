package org.retinaspark.udf.detect;

import java.nio.FloatBuffer;
import java.util.List;

/**
 * RetinaFace as biubug6/Pytorch_Retinaface exports it: boxes {@code [batch, anchors, 4]}, classes
 * {@code [batch, anchors, 2]} (background, face) and landmarks {@code [batch, anchors, 10]}, in
 * this order, over all strides together.
 *
 * <p>Anchors ({@code layers/functions/prior_box.py}): on a feature map of ceil(height / stride) x
 * ceil(width / stride) cells, centres at (cell + 0.5) * stride, ordered by stride, row, column,
 * size.
 *
 * @param classes what the class output is
 */
public record PyTorchFamily(ClassOutput classes) implements Family {

  /** The family's {@link #name}. */
  public static final String NAME = "pytorch";

  /** {@code min_sizes} and {@code steps} of {@code data/config.py}. */
  private static final List<AnchorLevel> ANCHORS =
      List.of(
          new AnchorLevel(8, List.of(16, 32)),
          new AnchorLevel(16, List.of(64, 128)),
          new AnchorLevel(32, List.of(256, 512)));

  /** {@code variance} of {@code data/config.py}: of centres and landmarks, and of log sizes. */
  private static final float CENTRE_VARIANCE = 0.1f;

  private static final float SIZE_VARIANCE = 0.2f;

  private static final int POINTS = 5;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<AnchorLevel> anchors() {
    return ANCHORS;
  }

  @Override
  public int landmarks() {
    return POINTS;
  }

  @Override
  public void decode(NetworkOutput output, float scoreThreshold, Candidates candidates) {
    Placement placement = output.placement();
    long count = 0;
    for (AnchorLevel level : ANCHORS) {
      count += level.count(placement.tensorWidth(), placement.tensorHeight());
    }
    FloatBuffer boxes = output.tensor(0, count * 4);
    FloatBuffer scores = output.tensor(1, count * 2);
    FloatBuffer points = output.tensor(2, count * POINTS * 2);
    int anchor = 0;
    for (AnchorLevel level : ANCHORS) {
      int rows = level.cells(placement.tensorHeight());
      int columns = level.cells(placement.tensorWidth());
      for (int row = 0; row < rows; row++) {
        float y = (row + 0.5f) * level.stride();
        for (int column = 0; column < columns; column++) {
          float x = (column + 0.5f) * level.stride();
          for (int size : level.sizes()) {
            float score = probability(scores, anchor);
            if (score > scoreThreshold) {
              add(placement, boxes, points, anchor, x, y, size, score, candidates);
            }
            anchor++;
          }
        }
      }
    }
  }

  private float probability(FloatBuffer scores, int anchor) {
    float face = scores.get(anchor * 2 + 1);
    float probability =
        classes == ClassOutput.PROBABILITIES
            ? face
            : (float) (1 / (1 + Math.exp(scores.get(anchor * 2) - face)));
    if (Float.isNaN(probability)) {
      throw new InvalidOutputException("the network gave a score that is not a number");
    }
    return probability;
  }

  /** {@code decode} and {@code decode_landm} of {@code utils/box_utils.py}. */
  private static void add(
      Placement placement,
      FloatBuffer boxes,
      FloatBuffer points,
      int anchor,
      float x,
      float y,
      float size,
      float score,
      Candidates candidates) {
    int box = anchor * 4;
    float centreX = x + boxes.get(box) * CENTRE_VARIANCE * size;
    float centreY = y + boxes.get(box + 1) * CENTRE_VARIANCE * size;
    float halfWidth = (float) Math.exp(boxes.get(box + 2) * SIZE_VARIANCE) * size / 2;
    float halfHeight = (float) Math.exp(boxes.get(box + 3) * SIZE_VARIANCE) * size / 2;
    candidates.add(
        placement,
        score,
        centreX - halfWidth,
        centreY - halfHeight,
        centreX + halfWidth,
        centreY + halfHeight);
    for (int point = 0; point < POINTS; point++) {
      int at = (anchor * POINTS + point) * 2;
      candidates.landmark(
          placement,
          point,
          x + points.get(at) * CENTRE_VARIANCE * size,
          y + points.get(at + 1) * CENTRE_VARIANCE * size);
    }
  }
}
