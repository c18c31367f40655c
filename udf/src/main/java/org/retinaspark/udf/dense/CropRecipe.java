package org.retinaspark.udf.dense;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.retinaspark.udf.crop.CropSquare;
import org.retinaspark.udf.detect.Box;
import org.retinaspark.udf.detect.Face;
import org.retinaspark.udf.detect.Point;

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

  /** The square of a face; empty where its box has no area, or it or an eye isn't finite. */
  Optional<CropSquare> square(Face face) {
    Box box = face.box();
    if (!(box.width() > 0 && box.height() > 0)) {
      return Optional.empty();
    }
    try {
      CropSquare square = CropSquare.around(box, scale);
      List<Point> points = face.landmarks();
      boolean turned = turn == Turn.EYES && !points.isEmpty();
      return Optional.of(turned ? square.turnedBy(points.get(0), points.get(1)) : square);
    } catch (IllegalArgumentException notFinite) {
      return Optional.empty();
    }
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
