package org.retinaspark.io.labels;

import java.util.BitSet;

/**
 * The labelled boxes of one image.
 *
 * @param image the key of the labels
 * @param boxes {@code [n, 4]}: x1, y1, x2, y2 in pixels of the image's frame
 * @param ignored the faces on which an anchor is neither face nor background
 */
public record ImageBoxes(String image, float[] boxes, BitSet ignored) {

  /** How many there are. */
  public int count() {
    return boxes.length / LabelledFace.BOX;
  }
}
