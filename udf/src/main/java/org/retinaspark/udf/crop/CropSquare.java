package org.retinaspark.udf.crop;

import java.io.Serializable;
import org.retinaspark.udf.detect.Box;
import org.retinaspark.udf.detect.Point;

/**
 * A square of the image that is cut out, perhaps turned and perhaps reaching past the image.
 *
 * @param centreX its centre, in pixels of the image
 * @param centreY its centre, in pixels of the image
 * @param side its side, in pixels of the image
 * @param angle in radians: which way of the image the crop's rows run; 0 is to the right, growing
 *     clockwise as the image is seen
 */
public record CropSquare(double centreX, double centreY, double side, double angle)
    implements Serializable {

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one isn't finite, or if the side isn't over 0
   */
  public CropSquare {
    if (!(Double.isFinite(centreX)
        && Double.isFinite(centreY)
        && Double.isFinite(side)
        && Double.isFinite(angle)
        && side > 0)) {
      throw new IllegalArgumentException(
          "a crop of side %s about (%s, %s) at angle %s can't be cut out; its numbers must be finite and its side over 0"
              .formatted(side, centreX, centreY, angle));
    }
  }

  /**
   * The upright square about the centre of a box, its side so many times the longer side of the
   * box.
   *
   * @throws IllegalArgumentException if the box has no area to speak of or isn't finite
   */
  public static CropSquare around(Box box, double scale) {
    return new CropSquare(
        ((double) box.x1() + box.x2()) / 2,
        ((double) box.y1() + box.y2()) / 2,
        scale * Math.max((double) box.x2() - box.x1(), (double) box.y2() - box.y1()),
        0);
  }

  /**
   * The same square turned so that the eyes lie level in the crop; eyes in one place leave it
   * upright.
   *
   * @throws IllegalArgumentException if an eye isn't finite
   */
  public CropSquare turnedBy(Point leftEye, Point rightEye) {
    double across = (double) rightEye.x() - leftEye.x();
    double down = (double) rightEye.y() - leftEye.y();
    if (!Double.isFinite(across) || !Double.isFinite(down)) {
      // An eye at infinity would give an angle all the same.
      throw new IllegalArgumentException(
          "a crop can't be turned by eyes at %s and %s; their coordinates must be finite"
              .formatted(leftEye, rightEye));
    }
    return new CropSquare(centreX, centreY, side, Math.atan2(down, across));
  }

  /**
   * Takes continuous coordinates of the image to those of a crop of so many pixels a side: the
   * square's corner to (0, 0), its centre to half the pixels.
   */
  public Similarity toCrop(int pixels) {
    double scale = pixels / side;
    double a = scale * Math.cos(angle);
    double b = -scale * Math.sin(angle);
    double half = pixels / 2.0;
    return new Similarity(a, b, half - a * centreX + b * centreY, half - b * centreX - a * centreY);
  }
}
