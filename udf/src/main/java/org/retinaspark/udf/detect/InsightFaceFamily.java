package org.retinaspark.udf.detect;

import java.nio.FloatBuffer;
import java.util.List;

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
          new AnchorLevel(32, List.of(512, 256)),
          new AnchorLevel(16, List.of(128, 64)),
          new AnchorLevel(8, List.of(32, 16)));

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
  public int landmarks() {
    return POINTS;
  }

  @Override
  public void decode(NetworkOutput output, float scoreThreshold, Candidates candidates) {
    Placement placement = output.placement();
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
            int size = level.sizes().get(anchor);
            addBox(placement, boxes, anchor, cell, cells, x, y, size, score, candidates);
            addPoints(placement, points, anchor, cell, cells, x, y, size, candidates);
          }
        }
      }
    }
  }

  /** {@code bbox_pred} and {@code clip_boxes} of {@code retinaface.py}. */
  private static void addBox(
      Placement placement,
      FloatBuffer boxes,
      int anchor,
      int cell,
      int cells,
      float x,
      float y,
      int size,
      float score,
      Candidates candidates) {
    int at = anchor * 4 * cells + cell;
    float centreX = x + boxes.get(at) * size;
    float centreY = y + boxes.get(at + cells) * size;
    float reachX = ((float) Math.exp(boxes.get(at + 2 * cells)) * size - 1) / 2;
    float reachY = ((float) Math.exp(boxes.get(at + 3 * cells)) * size - 1) / 2;
    candidates.add(
        placement,
        score,
        clip(centreX - reachX, placement.contentWidth()),
        clip(centreY - reachY, placement.contentHeight()),
        clip(centreX + reachX, placement.contentWidth()),
        clip(centreY + reachY, placement.contentHeight()));
  }

  /** {@code landmark_pred} of {@code retinaface.py}. */
  private void addPoints(
      Placement placement,
      FloatBuffer points,
      int anchor,
      int cell,
      int cells,
      float x,
      float y,
      int size,
      Candidates candidates) {
    for (int point = 0; point < POINTS; point++) {
      int at = (anchor * POINTS + point) * 2 * cells + cell;
      candidates.landmark(
          placement,
          point,
          x + points.get(at) * landmarkScale * size,
          y + points.get(at + cells) * landmarkScale * size);
    }
  }

  private static float clip(float coordinate, int side) {
    return Math.max(0, Math.min(coordinate, side - 1));
  }
}
