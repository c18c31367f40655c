package org.retinaspark.job.measures;

/**
 * The annotated faces of one image.
 *
 * @param ordinal the image's place in the ground truth, from 0: breaks ties between equal scores
 * @param event index of the image's event in {@link Breakdown#events()}
 * @param boxes {@code [n, 4]}: x, y, width, height in pixels
 * @param subsets {@code [n]}: bit {@code i} set where the face counts in {@link
 *     Breakdown#subsets()} i
 * @param slices {@code [n]}: bit {@code i} set where the face belongs to {@link Breakdown#slices()}
 *     i
 * @param landmarks {@code [n, 10]} as in {@link Detections}, NaN for a face without; or empty
 */
public record Truth(
    int ordinal, int event, double[] boxes, byte[] subsets, int[] slices, double[] landmarks) {

  /** Of an image that the ground truth lacks. */
  public static final Truth NONE =
      new Truth(0, 0, new double[0], new byte[0], new int[0], new double[0]);

  /**
   * Checks the shapes.
   *
   * @throws IllegalArgumentException if the arrays disagree
   */
  public Truth {
    int faces = subsets.length;
    boolean fits =
        boxes.length == faces * Detections.BOX
            && slices.length == faces
            && (landmarks.length == 0 || landmarks.length == faces * Detections.LANDMARKS);
    if (!fits) {
      throw new IllegalArgumentException(
          "%d faces go with %d box, %d slice and %d landmark values"
              .formatted(faces, boxes.length, slices.length, landmarks.length));
    }
  }

  /** The number of annotated faces. */
  public int faces() {
    return subsets.length;
  }

  boolean counts(int face, int subset) {
    return (subsets[face] >> subset & 1) == 1;
  }
}
