package org.retinaspark.udf.train.sampling;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.retinaspark.udf.detect.Box;
import org.retinaspark.udf.train.matching.LabelledBox;

/**
 * The labelled faces of an image, n of them, as arrays, since those of all images travel to each
 * executor; a face's number is its place in them.
 *
 * @param corners {@code [n, 4]}: x1, y1, x2, y2 in pixels of the image's frame
 * @param ignored {@code [n]}: whether a face is neither to be found nor background
 */
public record LabelledBoxes(float[] corners, boolean[] ignored) implements Serializable {

  private static final int BOX = 4;

  /**
   * Checks that both arrays are of one number of faces.
   *
   * @throws IllegalArgumentException if they aren't
   */
  public LabelledBoxes {
    if (corners.length != BOX * ignored.length) {
      throw new IllegalArgumentException(
          "there are %d corners of boxes for %d faces".formatted(corners.length, ignored.length));
    }
  }

  /** The faces, by their numbers. */
  public List<LabelledBox> faces() {
    List<LabelledBox> faces = new ArrayList<>(ignored.length);
    for (int face = 0; face < ignored.length; face++) {
      int at = face * BOX;
      Box box = new Box(corners[at], corners[at + 1], corners[at + 2], corners[at + 3]);
      faces.add(new LabelledBox(face, box, ignored[face]));
    }
    return faces;
  }
}
