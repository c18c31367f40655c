package org.retinaspark.udf.detect.family;

import java.io.Serializable;
import org.retinaspark.udf.detect.Box;
import org.retinaspark.udf.detect.Point;

/**
 * The code of boxes and landmarks against anchors that Faster R-CNN and SSD introduced: centres in
 * sides of the anchor, sides as logarithms of theirs, each divided by a variance. All coordinates
 * are network pixels.
 *
 * @param centreVariance of the distance between centres
 * @param sizeVariance of the logarithm of a side
 * @param landmarkVariance of the distance of a landmark from the anchor's centre
 * @param edge what a side counts more than its corners are apart: 0 where coordinates are
 *     continuous, 1 where a box of width w reaches from x1 to x1 + w - 1
 */
public record BoxCoder(float centreVariance, float sizeVariance, float landmarkVariance, int edge)
    implements Serializable {

  /** Of continuous coordinates, with the variances of a family. */
  public static BoxCoder of(Variances variances) {
    return new BoxCoder(variances.centre(), variances.size(), variances.landmark(), 0);
  }

  /** {@code decode} of {@code utils/box_utils.py}, {@code bbox_pred} of {@code retinaface.py}. */
  public Box decode(Anchor anchor, BoxDeltas deltas) {
    float centreX = anchor.x() + deltas.x() * centreVariance * anchor.width();
    float centreY = anchor.y() + deltas.y() * centreVariance * anchor.height();
    float reachX = ((float) Math.exp(deltas.width() * sizeVariance) * anchor.width() - edge) / 2;
    float reachY = ((float) Math.exp(deltas.height() * sizeVariance) * anchor.height() - edge) / 2;
    return new Box(centreX - reachX, centreY - reachY, centreX + reachX, centreY + reachY);
  }

  /**
   * What {@link #decode(Anchor, BoxDeltas)} makes the box of: {@code encode} of {@code
   * utils/box_utils.py}.
   *
   * @param box with a width and height above {@code -edge}
   */
  public BoxDeltas encode(Anchor anchor, Box box) {
    return new BoxDeltas(
        ((box.x1() + box.x2()) / 2 - anchor.x()) / (centreVariance * anchor.width()),
        ((box.y1() + box.y2()) / 2 - anchor.y()) / (centreVariance * anchor.height()),
        (float) Math.log((box.width() + edge) / anchor.width()) / sizeVariance,
        (float) Math.log((box.height() + edge) / anchor.height()) / sizeVariance);
  }

  /** A box as what a later stage's boxes are told relative to. */
  public Anchor anchor(Box box) {
    return new Anchor(
        (box.x1() + box.x2()) / 2,
        (box.y1() + box.y2()) / 2,
        box.width() + edge,
        box.height() + edge);
  }

  /**
   * {@code decode_landm} of {@code utils/box_utils.py}, {@code landmark_pred} of {@code
   * retinaface.py}.
   *
   * @param deltas of the landmark from the anchor's centre
   */
  public Point decode(Anchor anchor, Point deltas) {
    return new Point(
        anchor.x() + deltas.x() * landmarkVariance * anchor.width(),
        anchor.y() + deltas.y() * landmarkVariance * anchor.height());
  }

  /** The third coordinate of a vertex, which the paper's mesh has beside those of a landmark. */
  public float depth(Anchor anchor, float delta) {
    return delta * landmarkVariance * anchor.width();
  }

  /** What {@link #depth} makes the third coordinate of a vertex of. */
  public float encodeDepth(Anchor anchor, float depth) {
    return depth / (landmarkVariance * anchor.width());
  }

  /** What {@link #decode(Anchor, Point)} makes the landmark of. */
  public Point encode(Anchor anchor, Point landmark) {
    return new Point(
        (landmark.x() - anchor.x()) / (landmarkVariance * anchor.width()),
        (landmark.y() - anchor.y()) / (landmarkVariance * anchor.height()));
  }
}
