package org.retinaspark.udf.crop;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.retinaspark.udf.detect.Point;

/**
 * Where the five landmarks of a face lie in an aligned crop, a square.
 *
 * <p>The numbers are those that OpenCV's {@code warpAffine} takes, by which the networks for
 * recognition were trained: 0 is the centre of the first pixel. A face's landmarks are taken as
 * such numbers too, since the field hands them over as they are; see {@link #alignment}.
 *
 * @param name what it is called
 * @param side of the square that the points are in, in pixels
 * @param points left eye, right eye, nose tip, left and right mouth corner
 */
public record AlignmentTemplate(String name, double side, List<Point> points)
    implements Serializable {

  /** Landmarks of a face. */
  public static final int POINTS = 5;

  /**
   * That of ArcFace, CosFace and what followed them: {@code arcface_dst} in InsightFace's {@code
   * python-package/insightface/utils/face_align.py}.
   */
  public static final AlignmentTemplate ARCFACE =
      new AlignmentTemplate(
          "arcface",
          112,
          List.of(
              new Point(38.2946f, 51.6963f),
              new Point(73.5318f, 51.5014f),
              new Point(56.0252f, 71.7366f),
              new Point(41.5493f, 92.3655f),
              new Point(70.7299f, 92.2041f)));

  /**
   * InsightFace's other base for {@link #ARCFACE}: the same crop, wider by 8 pixels on each side.
   */
  private static final int WIDE = 128;

  private static final double WIDE_SHIFT = 8;

  /** From the corner of a pixel to its centre. */
  private static final double CENTRE = 0.5;

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if they are not five points, one isn't finite or too far from
   *     the square to be meant, or all are one
   */
  public AlignmentTemplate {
    points = List.copyOf(points);
    if (points.size() != POINTS) {
      throw new IllegalArgumentException(
          "has %d points, and must have %d".formatted(points.size(), POINTS));
    }
    if (!(side >= 1 && side <= 1e6)) {
      throw new IllegalArgumentException(
          "has a side of %s pixels, and must have one from 1 to 1000000".formatted(side));
    }
    for (Point point : points) {
      if (!(Math.abs(point.x()) <= 10 * side && Math.abs(point.y()) <= 10 * side)) {
        throw new IllegalArgumentException(
            "has the point %s, %s, which is far from its square of %s pixels"
                .formatted(point.x(), point.y(), side));
      }
    }
    if (Similarity.between(points, points).isEmpty()) {
      throw new IllegalArgumentException("has five points in one place");
    }
  }

  /**
   * The same template for a crop of another size, as InsightFace's {@code estimate_norm} has it:
   * the points grow with the square; but those of {@link #ARCFACE}, where the size is a multiple of
   * 128 and none of 112, grow from 128 and move to the right by 8 of these.
   */
  public AlignmentTemplate sized(int size) {
    boolean wide = this.equals(ARCFACE) && size % WIDE == 0 && size % side != 0;
    double ratio = size / (wide ? WIDE : side);
    double shift = wide ? WIDE_SHIFT * ratio : 0;
    return new AlignmentTemplate(
        name,
        size,
        points.stream()
            .map(
                point ->
                    new Point((float) (point.x() * ratio + shift), (float) (point.y() * ratio)))
            .toList());
  }

  /**
   * The same template with more around the face, in as many pixels.
   *
   * @param margin what is added on each side, as a share of the side; 0 for nothing
   */
  public AlignmentTemplate widened(double margin) {
    if (margin == 0) {
      return this;
    }
    double share = 1 / (1 + 2 * margin);
    return new AlignmentTemplate(
        name,
        side,
        points.stream()
            .map(
                point ->
                    new Point(moved(point.x(), margin, share), moved(point.y(), margin, share)))
            .toList());
  }

  /** In continuous coordinates, so that the crop is widened about its own centre. */
  private float moved(float centre, double margin, double share) {
    return (float) ((centre + CENTRE + margin * side) * share - CENTRE);
  }

  /**
   * The similarity from an image to the crop that brings a face's landmarks nearest to the
   * template, in the least squares; in continuous coordinates, with the origin at the corner, of
   * both.
   *
   * <p>It is what {@code warpAffine} does by the matrix that brings the same numbers nearest: that
   * takes whole numbers for centres of pixels, in the image as in the crop, so that both are moved
   * here by half a pixel.
   *
   * @param landmarks five, in the template's order
   * @return none if one isn't finite, or all lie in one place
   */
  public Optional<Similarity> alignment(List<Point> landmarks) {
    return Similarity.between(landmarks, points)
        .map(
            centres ->
                new Similarity(1, 0, -CENTRE, -CENTRE)
                    .then(centres)
                    .then(new Similarity(1, 0, CENTRE, CENTRE)));
  }
}
