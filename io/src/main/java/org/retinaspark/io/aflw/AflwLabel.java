package org.retinaspark.io.aflw;

import org.retinaspark.io.GroundTruthException;
import org.retinaspark.io.matlab.MatFile;
import us.hebi.matlab.mat.types.Matrix;

/**
 * The labelled face of an image of AFLW2000-3D: a 3D model that was fitted to it (Zhu et al., "Face
 * Alignment Across Large Poses: A 3D Solution", CVPR 2016), so that points which the head hides are
 * labelled where the model has them.
 *
 * @param image the image's name, without folders and ending
 * @param points {@code [68, 2]}: x and y in pixels as the file has them, in the order of Mesh68;
 *     the depth is left out
 * @param yaw in degrees, {@code Pose_Para(2)}
 * @param pitch in degrees, {@code Pose_Para(1)}
 * @param roll in degrees, {@code Pose_Para(3)}
 */
public record AflwLabel(String image, double[] points, double yaw, double pitch, double roll) {

  /** Points of a face. */
  public static final int POINTS = 68;

  private static final String LANDMARKS = "pt3d_68";
  private static final String POSE = "Pose_Para";

  /** x, y and depth, of which the depth isn't read. */
  private static final int ROWS = 3;

  private static final int ANGLES = 3;

  /** With translation and scale behind the angles. */
  private static final int MOST_POSE = 7;

  /** No photo is so large; the distances of larger numbers say nothing. */
  private static final double LARGEST = 1e6;

  /**
   * Reads a file: {@code pt3d_68} is {@code [3, 68]}, and {@code Pose_Para} begins with pitch, yaw
   * and roll in radians.
   *
   * @throws GroundTruthException if the content isn't such a label
   */
  static AflwLabel read(String image, String file, byte[] content) {
    MatFile variables = MatFile.read(file, content);
    Matrix pose = matrix(variables, file, POSE, 1, ANGLES, MOST_POSE);
    Matrix landmarks = matrix(variables, file, LANDMARKS, ROWS, POINTS, POINTS);
    double[] angles = numbers(file, POSE, pose, 1, ANGLES);
    double[] planes = numbers(file, LANDMARKS, landmarks, ROWS, POINTS);
    double[] points = new double[2 * POINTS];
    for (int i = 0; i < POINTS; i++) {
      points[2 * i] = planes[i];
      points[2 * i + 1] = planes[POINTS + i];
    }
    requireArea(file, points);
    return new AflwLabel(
        image,
        points,
        Math.toDegrees(angles[1]),
        Math.toDegrees(angles[0]),
        Math.toDegrees(angles[2]));
  }

  /** The first columns of a matrix, row by row. */
  private static double[] numbers(
      String file, String variable, Matrix matrix, int rows, int columns) {
    double[] numbers = new double[rows * columns];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        double number = matrix.getDouble(row, column);
        if (!(Math.abs(number) <= LARGEST)) {
          throw wrong(file, variable, "holds " + number);
        }
        numbers[row * columns + column] = number;
      }
    }
    return numbers;
  }

  private static Matrix matrix(
      MatFile variables, String file, String variable, int rows, int columns, int most) {
    Matrix matrix = variables.matrix(variable);
    int width = matrix.getNumCols();
    if (matrix.getNumDimensions() != 2
        || matrix.getNumRows() != rows
        || width < columns
        || width > most) {
      throw wrong(
          file,
          variable,
          "is %d by %d and not %d by %d".formatted(matrix.getNumRows(), width, rows, columns));
    }
    return matrix;
  }

  private static void requireArea(String file, double[] points) {
    for (int axis = 0; axis < 2; axis++) {
      double low = Double.POSITIVE_INFINITY;
      double high = Double.NEGATIVE_INFINITY;
      for (int i = axis; i < points.length; i += 2) {
        low = Math.min(low, points[i]);
        high = Math.max(high, points[i]);
      }
      if (!(high > low)) {
        throw wrong(file, LANDMARKS, "puts all points on one line");
      }
    }
  }

  private static GroundTruthException wrong(String file, String variable, String what) {
    return new GroundTruthException(
        "%s: %s %s, so it is no label of AFLW2000-3D: nothing was evaluated; fetch the file again"
            .formatted(file, variable, what));
  }
}
