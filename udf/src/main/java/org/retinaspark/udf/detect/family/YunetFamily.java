package org.retinaspark.udf.detect.family;

import java.nio.FloatBuffer;
import java.util.List;
import org.retinaspark.udf.detect.AnchorLevel;
import org.retinaspark.udf.detect.Box;
import org.retinaspark.udf.detect.Candidates;
import org.retinaspark.udf.detect.Family;
import org.retinaspark.udf.detect.InvalidOutputException;
import org.retinaspark.udf.detect.Mirror;
import org.retinaspark.udf.detect.NetworkOutput;
import org.retinaspark.udf.detect.Placement;
import org.retinaspark.udf.detect.Point;

/**
 * YuNet (Wu et al., Machine Intelligence Research 2023) as ShiqiYu/libfacedetection.train exports
 * it. Outputs, in this order, each at strides 8, 16, 32: two factors of the score {@code [batch,
 * cells, 1]} (class and objectness, sigmoids inside the graph; the score is the same whichever
 * comes first), the box {@code [batch, cells, 4]} (centre from the cell's corner in strides, sides
 * as logarithms of strides) and the landmarks {@code [batch, cells, 10]} (from the cell's corner in
 * strides). One prediction a cell ({@code mmdet/models/dense_heads/yunet_head.py}).
 *
 * <p>The score is the geometric mean of both factors, each kept between 0 and 1, as OpenCV's {@code
 * FaceDetectorYN} has it ({@code modules/objdetect/src/face_detect.cpp}). The training repository's
 * own tests take the product: its square, which ranks faces alike, so that their threshold of 0.02
 * is 0.1414 here.
 */
public record YunetFamily() implements Family {

  /** The family's {@link #name}. */
  public static final String NAME = "yunet";

  private static final List<AnchorLevel> ANCHORS =
      List.of(
          new AnchorLevel(8, List.of(8f)),
          new AnchorLevel(16, List.of(16f)),
          new AnchorLevel(32, List.of(32f)));

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
  public void decode(NetworkOutput output, float scoreThreshold, Candidates candidates) {
    Placement placement = output.placement();
    int levels = ANCHORS.size();
    for (int index = 0; index < levels; index++) {
      AnchorLevel level = ANCHORS.get(index);
      long cells = level.count(placement.tensorWidth(), placement.tensorHeight());
      int columns = level.cells(placement.tensorWidth());
      FloatBuffer first = output.tensor(index, cells);
      FloatBuffer second = output.tensor(levels + index, cells);
      FloatBuffer boxes = output.tensor(2 * levels + index, cells * 4);
      FloatBuffer points = output.tensor(3 * levels + index, cells * POINTS * 2);
      for (int cell = 0; cell < cells; cell++) {
        float score = score(first.get(cell), second.get(cell));
        if (score > scoreThreshold) {
          int column = cell % columns;
          int row = cell / columns;
          candidates.add(placement, score, box(boxes, cell * 4, column, row, level.stride()));
          for (int point = 0; point < POINTS; point++) {
            int at = (cell * POINTS + point) * 2;
            float x = (column + points.get(at)) * level.stride();
            float y = (row + points.get(at + 1)) * level.stride();
            candidates.landmark(placement, point, new Point(x, y));
          }
        }
      }
    }
  }

  private static float score(float first, float second) {
    float score = (float) Math.sqrt(probability(first) * probability(second));
    if (Float.isNaN(score)) {
      throw new InvalidOutputException("the network gave a score that is not a number");
    }
    return score;
  }

  private static float probability(float factor) {
    return Math.max(0, Math.min(factor, 1));
  }

  /** {@code _bbox_decode} of {@code yunet_head.py}. */
  private static Box box(FloatBuffer boxes, int at, int column, int row, int stride) {
    float x = (column + boxes.get(at)) * stride;
    float y = (row + boxes.get(at + 1)) * stride;
    float reachX = (float) Math.exp(boxes.get(at + 2)) * stride / 2;
    float reachY = (float) Math.exp(boxes.get(at + 3)) * stride / 2;
    return new Box(x - reachX, y - reachY, x + reachX, y + reachY);
  }
}
