package org.retinaspark.udf.detect.family;

import java.nio.FloatBuffer;
import java.util.List;
import org.retinaspark.udf.detect.AnchorLevel;
import org.retinaspark.udf.detect.Candidates;
import org.retinaspark.udf.detect.InvalidOutputException;
import org.retinaspark.udf.detect.Mirror;
import org.retinaspark.udf.detect.NetworkOutput;
import org.retinaspark.udf.detect.Placement;
import org.retinaspark.udf.detect.Point;

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
public record PyTorchFamily(ClassOutput classes) implements AnchorFamily {

  /** The family's {@link #name}. */
  public static final String NAME = "pytorch";

  /** {@code min_sizes} and {@code steps} of {@code data/config.py}. */
  private static final List<AnchorLevel> ANCHORS =
      List.of(
          new AnchorLevel(8, List.of(16f, 32f)),
          new AnchorLevel(16, List.of(64f, 128f)),
          new AnchorLevel(32, List.of(256f, 512f)));

  /** {@code variance} of {@code data/config.py}: 0.1 of centres and landmarks, 0.2 of sizes. */
  private static final BoxCoder CODER = BoxCoder.of(Variances.USUAL);

  private static final List<MatchThresholds> STAGES = List.of(MatchThresholds.ONE_STAGE);

  private static final Mirror MIRROR = new Mirror(0, Mirror.FIVE_LANDMARKS);

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
  public Mirror mirror() {
    return MIRROR;
  }

  @Override
  public BoxCoder coder() {
    return CODER;
  }

  @Override
  public List<MatchThresholds> stages() {
    return STAGES;
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
          for (float size : level.sizes()) {
            float score = probability(scores, anchor);
            if (score > scoreThreshold) {
              Anchor square = new Anchor(x, y, size);
              add(placement, boxes, points, anchor, square, score, candidates);
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

  private static void add(
      Placement placement,
      FloatBuffer boxes,
      FloatBuffer points,
      int index,
      Anchor anchor,
      float score,
      Candidates candidates) {
    int box = index * 4;
    BoxDeltas deltas =
        new BoxDeltas(boxes.get(box), boxes.get(box + 1), boxes.get(box + 2), boxes.get(box + 3));
    candidates.add(placement, score, CODER.decode(anchor, deltas));
    for (int point = 0; point < POINTS; point++) {
      int at = (index * POINTS + point) * 2;
      Point place = CODER.decode(anchor, new Point(points.get(at), points.get(at + 1)));
      candidates.landmark(placement, point, place);
    }
  }
}
