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
 * SCRFD (Guo et al., ICLR 2022) as InsightFace exports it. Outputs, in this order: the scores
 * {@code [anchors, 1]} at strides 8, 16, 32, the distances to the box's sides {@code [anchors, 4]}
 * at each stride, and where the model has them the landmark offsets {@code [anchors, 10]} at each
 * stride; offsets are in strides from the cell's corner, two predictions a cell ({@code
 * detection/scrfd/tools/scrfd.py}).
 *
 * @param landmarks landmarks a face: 5, or 0 for the models without
 */
public record ScrfdFamily(int landmarks) implements Family {

  /** The family's {@link #name}. */
  public static final String NAME = "scrfd";

  private static final List<AnchorLevel> ANCHORS =
      List.of(
          new AnchorLevel(8, List.of(8f, 8f)),
          new AnchorLevel(16, List.of(16f, 16f)),
          new AnchorLevel(32, List.of(32f, 32f)));

  private static final Mirror WITH_LANDMARKS = new Mirror(0, Mirror.FIVE_LANDMARKS);
  private static final Mirror BOXES_ONLY = new Mirror(0, List.of());

  /**
   * Checks the landmarks.
   *
   * @throws IllegalArgumentException if there are neither 5 nor none
   */
  public ScrfdFamily {
    if (landmarks != 0 && landmarks != Mirror.FIVE_LANDMARKS.size()) {
      throw new IllegalArgumentException(
          "a model of the family scrfd has 5 landmarks or none, not " + landmarks);
    }
  }

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
    return landmarks == 0 ? BOXES_ONLY : WITH_LANDMARKS;
  }

  @Override
  public void decode(NetworkOutput output, float scoreThreshold, Candidates candidates) {
    Placement placement = output.placement();
    int levels = ANCHORS.size();
    for (int index = 0; index < levels; index++) {
      AnchorLevel level = ANCHORS.get(index);
      int count = (int) level.count(placement.tensorWidth(), placement.tensorHeight());
      int columns = level.cells(placement.tensorWidth());
      int perCell = level.sizes().size();
      FloatBuffer scores = output.tensor(index, count);
      FloatBuffer sides = output.tensor(levels + index, count * 4L);
      FloatBuffer points =
          landmarks == 0
              ? FloatBuffer.allocate(0)
              : output.tensor(2 * levels + index, count * 2L * landmarks);
      for (int anchor = 0; anchor < count; anchor++) {
        float score = scores.get(anchor);
        if (Float.isNaN(score)) {
          throw new InvalidOutputException("the network gave a score that is not a number");
        }
        if (score > scoreThreshold) {
          int cell = anchor / perCell;
          float x = (cell % columns) * level.stride();
          float y = (cell / columns) * level.stride();
          add(placement, sides, points, anchor, x, y, level.stride(), score, candidates);
        }
      }
    }
  }

  /** {@code distance2bbox} and {@code distance2kps} of {@code scrfd.py}. */
  private void add(
      Placement placement,
      FloatBuffer sides,
      FloatBuffer points,
      int anchor,
      float x,
      float y,
      int stride,
      float score,
      Candidates candidates) {
    int box = anchor * 4;
    candidates.add(
        placement,
        score,
        new Box(
            x - sides.get(box) * stride,
            y - sides.get(box + 1) * stride,
            x + sides.get(box + 2) * stride,
            y + sides.get(box + 3) * stride));
    for (int point = 0; point < landmarks; point++) {
      int at = (anchor * landmarks + point) * 2;
      candidates.landmark(
          placement,
          point,
          new Point(x + points.get(at) * stride, y + points.get(at + 1) * stride));
    }
  }
}
