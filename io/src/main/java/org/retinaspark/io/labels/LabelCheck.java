package org.retinaspark.io.labels;

import org.jspecify.annotations.Nullable;

/**
 * Takes faces as labels have them, and leaves out what can't be right: a box by which no anchor can
 * be matched, points and meshes that a fit would follow far away. Counts what it leaves out.
 */
final class LabelCheck {

  /** No photo is so large. */
  private static final float LARGEST = 1e6f;

  private final LabelTally tally;

  LabelCheck(LabelTally tally) {
    this.tally = tally;
  }

  /** The face, with what is right of it; null if its box isn't. */
  @Nullable LabelledFace face(
      float[] box, float @Nullable [] landmarks, float @Nullable [] mesh, boolean ignored) {
    if (!areFinite(box)) {
      tally.count(LabelFault.BOX_NOT_FINITE);
      return null;
    }
    if (!(box[2] > box[0] && box[3] > box[1])) {
      tally.count(LabelFault.BOX_WITHOUT_AREA);
      return null;
    }
    return new LabelledFace(
        box,
        checked(landmarks, 2, box, LabelFault.LANDMARKS_NOT_FINITE, LabelFault.LANDMARKS_FAR),
        checked(mesh, LabelledFace.AXES, box, LabelFault.MESH_NOT_FINITE, LabelFault.MESH_FAR),
        ignored);
  }

  private float @Nullable [] checked(
      float @Nullable [] points, int axes, float[] box, LabelFault notFinite, LabelFault far) {
    if (points == null) {
      return null;
    }
    if (points.length % axes != 0 || !areFinite(points)) {
      tally.count(notFinite);
      return null;
    }
    for (int point = 0; point < points.length; point += axes) {
      if (!isNear(box, points[point], points[point + 1])) {
        tally.count(far);
        return null;
      }
    }
    return points;
  }

  /**
   * Whether a point is no further from the box than the box is long. Points of faces that the
   * photo's edge cuts lie outside their box: of 4,641 labelled faces of WIDER FACE six have one
   * further than half a side, and none further than a side.
   */
  private static boolean isNear(float[] box, float x, float y) {
    float width = box[2] - box[0];
    float height = box[3] - box[1];
    return x >= box[0] - width
        && x <= box[2] + width
        && y >= box[1] - height
        && y <= box[3] + height;
  }

  private static boolean areFinite(float[] values) {
    for (float value : values) {
      if (!(Math.abs(value) <= LARGEST)) {
        return false;
      }
    }
    return true;
  }
}
