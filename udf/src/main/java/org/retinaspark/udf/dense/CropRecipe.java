package org.retinaspark.udf.dense;

import java.io.Serializable;

/**
 * Which part of an image a network wants of a face: a square about the centre of its box.
 *
 * @param pixels side of the crop that the network takes
 * @param scale side of the square, in longer sides of the box
 * @param turn whether the square is turned with the face
 */
public record CropRecipe(int pixels, double scale, Turn turn) implements Serializable {

  /** How a square lies. */
  public enum Turn {
    /** As the image does. */
    NONE,
    /** Turned so that the eyes lie level in the crop; as the image does where they are unknown. */
    EYES
  }

  /** The recipe for people. */
  public String text() {
    return "a square of %s longer sides of the box%s, resized to %dx%d"
        .formatted(
            Double.toString(scale).replaceAll("\\.0$", ""),
            turn == Turn.EYES ? ", turned by the line of the eyes" : "",
            pixels,
            pixels);
  }
}
