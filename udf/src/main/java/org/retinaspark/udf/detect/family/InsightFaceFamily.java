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
 * RetinaFace as InsightFace trains it with MXNet (mnet.25, R50). Nine outputs, in this order: for
 * each stride 32, 16, 8 the class probabilities {@code [batch, 4, h, w]} (two of background, then
 * two of face), the box deltas {@code [batch, 8, h, w]} and the landmark deltas {@code [batch, 20,
 * h, w]}.
 *
 * <p>Anchors ({@code rcnn/processing/generate_anchor.py}): base 16, ratio 1, in the convention
 * where a box of width w reaches from x1 to x1 + w - 1, so that the centre of cell 0 is 7.5 at any
 * stride.
 *
 * @param landmarkScale multiplies the landmark deltas: 1 for the first training (v1), 0.2 for the
 *     second (v2; {@code landmark_std} of {@code retinaface.py})
 */
public record InsightFaceFamily(float landmarkScale) implements Family {

  /** The family's {@link #name}. */
  public static final String NAME = "insightface";

  /** Landmark deltas of the first training, as they are. */
  public static final float LANDMARK_SCALE_V1 = 1;

  /** Landmark deltas of the second training. */
  public static final float LANDMARK_SCALE_V2 = 0.2f;

  /** Base 16 times the scales 32, 16 / 8, 4 / 2, 1 ({@code retinaface.py}). */
  private static final List<AnchorLevel> ANCHORS =
      List.of(
          new AnchorLevel(32, List.of(512f, 256f)),
          new AnchorLevel(16, List.of(128f, 64f)),
          new AnchorLevel(8, List.of(32f, 16f)));

  private static final Mirror MIRROR = new Mirror(1, Mirror.FIVE_LANDMARKS);
  private static final float BASE_CENTRE = 7.5f;
  private static final int POINTS = 5;
  private static final int OUTPUTS_PER_LEVEL = 3;

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
    BoxCoder coder = new BoxCoder(1, 1, landmarkScale, 1);
    for (int index = 0; index < ANCHORS.size(); index++) {
      AnchorLevel level = ANCHORS.get(index);
      int columns = level.cells(placement.tensorWidth());
      int cells = columns * level.cells(placement.tensorHeight());
      int anchors = level.sizes().size();
      int first = index * OUTPUTS_PER_LEVEL;
      FloatBuffer scores = output.tensor(first, (long) cells * anchors * 2);
      FloatBuffer boxes = output.tensor(first + 1, (long) cells * anchors * 4);
      FloatBuffer points = output.tensor(first + 2, (long) cells * anchors * POINTS * 2);
      for (int cell = 0; cell < cells; cell++) {
        float x = BASE_CENTRE + (cell % columns) * level.stride();
        float y = BASE_CENTRE + (cell / columns) * level.stride();
        for (int anchor = 0; anchor < anchors; anchor++) {
          float score = scores.get((anchors + anchor) * cells + cell);
          if (Float.isNaN(score)) {
            throw new InvalidOutputException("the network gave a score that is not a number");
          }
          if (score > scoreThreshold) {
            Anchor square = new Anchor(x, y, level.sizes().get(anchor));
            BoxDeltas deltas = deltas(boxes, anchor * 4 * cells + cell, cells);
            candidates.add(placement, score, clipped(coder.decode(square, deltas), placement));
            for (int point = 0; point < POINTS; point++) {
              int at = (anchor * POINTS + point) * 2 * cells + cell;
              Point place = new Point(points.get(at), points.get(at + cells));
              candidates.landmark(placement, point, coder.decode(square, place));
            }
          }
        }
      }
    }
  }

  private static BoxDeltas deltas(FloatBuffer boxes, int at, int cells) {
    return new BoxDeltas(
        boxes.get(at), boxes.get(at + cells), boxes.get(at + 2 * cells), boxes.get(at + 3 * cells));
  }

  /** {@code clip_boxes} of {@code retinaface.py}. */
  private static Box clipped(Box box, Placement placement) {
    return new Box(
        clip(box.x1(), placement.contentWidth()),
        clip(box.y1(), placement.contentHeight()),
        clip(box.x2(), placement.contentWidth()),
        clip(box.y2(), placement.contentHeight()));
  }

  private static float clip(float coordinate, int side) {
    return Math.max(0, Math.min(coordinate, side - 1));
  }
}
