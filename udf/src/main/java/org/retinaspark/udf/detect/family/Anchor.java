package org.retinaspark.udf.detect.family;

import org.retinaspark.udf.detect.Box;

/**
 * What a network's boxes and landmarks are told relative to, in network pixels: a square about a
 * cell, or the box that an earlier stage made of it.
 *
 * @param x of the centre
 * @param y of the centre
 * @param width of the sides along x
 * @param height of the sides along y
 */
public record Anchor(float x, float y, float width, float height) {

  /** A square. */
  public Anchor(float x, float y, float size) {
    this(x, y, size, size);
  }

  /** The corners. */
  public Box box() {
    return new Box(x - width / 2, y - height / 2, x + width / 2, y + height / 2);
  }
}
