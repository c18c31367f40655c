package org.retinaspark.udf.detect;

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
record BoxCoder(float centreVariance, float sizeVariance, float landmarkVariance, int edge) {

  /** {@code decode} of {@code utils/box_utils.py}, {@code bbox_pred} of {@code retinaface.py}. */
  Box decode(Anchor anchor, BoxDeltas deltas) {
    float size = anchor.size();
    float centreX = anchor.x() + deltas.x() * centreVariance * size;
    float centreY = anchor.y() + deltas.y() * centreVariance * size;
    float reachX = ((float) Math.exp(deltas.width() * sizeVariance) * size - edge) / 2;
    float reachY = ((float) Math.exp(deltas.height() * sizeVariance) * size - edge) / 2;
    return new Box(centreX - reachX, centreY - reachY, centreX + reachX, centreY + reachY);
  }

  /**
   * What {@link #decode(Anchor, BoxDeltas)} makes the box of: {@code encode} of {@code
   * utils/box_utils.py}.
   *
   * @param box with a width and height above {@code -edge}
   */
  BoxDeltas encode(Anchor anchor, Box box) {
    float unit = centreVariance * anchor.size();
    return new BoxDeltas(
        ((box.x1() + box.x2()) / 2 - anchor.x()) / unit,
        ((box.y1() + box.y2()) / 2 - anchor.y()) / unit,
        (float) Math.log((box.width() + edge) / anchor.size()) / sizeVariance,
        (float) Math.log((box.height() + edge) / anchor.size()) / sizeVariance);
  }

  /**
   * {@code decode_landm} of {@code utils/box_utils.py}, {@code landmark_pred} of {@code
   * retinaface.py}.
   *
   * @param deltas of the landmark from the anchor's centre
   */
  Point decode(Anchor anchor, Point deltas) {
    return new Point(
        anchor.x() + deltas.x() * landmarkVariance * anchor.size(),
        anchor.y() + deltas.y() * landmarkVariance * anchor.size());
  }

  /** What {@link #decode(Anchor, Point)} makes the landmark of. */
  Point encode(Anchor anchor, Point landmark) {
    float unit = landmarkVariance * anchor.size();
    return new Point((landmark.x() - anchor.x()) / unit, (landmark.y() - anchor.y()) / unit);
  }
}
