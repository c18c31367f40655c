package org.retinaspark.io.samples;

import java.io.Serializable;

/**
 * An anchor that heads are fitted to.
 *
 * @param view the number of the network input, among those of its image, that the anchor was seen
 *     in
 * @param level the number of the feature map that the anchor lies on, the finest being 0
 * @param size which anchor of its cell it is, from 0
 * @param mirrored whether the input was: along x its deltas are of the other sign, and left and
 *     right of a face are swapped
 * @param x centre of the reference, which is what deltas are relative to: the anchor, or the box
 *     that an earlier stage made of it; in pixels of the image's frame, as the next three are
 * @param y centre of the reference
 * @param width of the reference
 * @param height of the reference
 * @param face the index of the labelled face that it was matched with, or {@link #NO_FACE}
 * @param iou with that face, or the most with any, from 0 to 1
 * @param weight how many anchors it stands for: 1, or of a negative taken by chance how many
 *     negatives of its level and size there are for each that was taken
 * @param features {@code [channels]} of its cell
 */
public record Sample(
    int view,
    int level,
    int size,
    boolean mirrored,
    float x,
    float y,
    float width,
    float height,
    int face,
    float iou,
    float weight,
    float[] features)
    implements Serializable {

  /** The face of a negative. */
  public static final int NO_FACE = -1;
}
