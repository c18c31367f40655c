package org.retinaspark.udf.detect;

import java.util.List;

/**
 * What a mirrored input does to the coordinates of a family's faces.
 *
 * @param edge what a column and its mirror image add up to, short of the width: 0 where coordinates
 *     are continuous, 1 where they count pixels from 0 to width - 1
 * @param landmarks for each landmark of a face the one that it is of the mirrored face
 */
public record Mirror(int edge, List<Integer> landmarks) {

  /** Left and right eye, nose tip, left and right mouth corner. */
  public static final List<Integer> FIVE_LANDMARKS = List.of(1, 0, 2, 4, 3);

  /** Keeps an unmodifiable list. */
  public Mirror {
    landmarks = List.copyOf(landmarks);
  }

  /** Where a column of a mirrored image lies in the image, in network pixels. */
  float x(float x, Placement placement) {
    return placement.contentWidth() - edge - x;
  }
}
