package org.retinaspark.udf.detect;

/**
 * An axis-aligned box in continuous image coordinates: pixels, origin at the top-left corner of the
 * image. Corners are exclusive of nothing: the width is {@code x2 - x1}, without the +1 of
 * integer-pixel conventions. A box may reach past the image, as the detector's does.
 *
 * @param x1 left
 * @param y1 top
 * @param x2 right
 * @param y2 bottom
 */
public record Box(float x1, float y1, float x2, float y2) {

  /** {@code x2 - x1}, in pixels. */
  public float width() {
    return x2 - x1;
  }

  /** {@code y2 - y1}, in pixels. */
  public float height() {
    return y2 - y1;
  }
}
