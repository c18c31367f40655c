package org.retinaspark.io.wider;

import java.util.Arrays;

/**
 * The annotated faces of one image, {@code n} of them, in the order of the file.
 *
 * @param image the key, {@code <event>/<name>.jpg}
 * @param event the folder, {@code 0--Parade}
 * @param boxes {@code [n, 4]}: x, y, width, height in pixels of the stored image
 * @param subsets {@code [n]}: bit {@code i} is set where the face counts in the {@code i}-th subset
 *     of the ground truth
 * @param attributes {@code [n, 6]} in the order of {@link FaceAttribute}; {@link #UNKNOWN} where
 *     the ground truth doesn't say
 * @param landmarks {@code [n, 10]}: x and y of left eye, right eye, nose tip, left and right mouth
 *     corner; NaN for a face without them; empty if the ground truth has none at all
 */
public record GroundTruthImage(
    String image,
    String event,
    double[] boxes,
    byte[] subsets,
    byte[] attributes,
    double[] landmarks) {

  /** The value of an attribute that the ground truth doesn't give. */
  public static final byte UNKNOWN = -1;

  /** Numbers a box. */
  public static final int BOX = 4;

  /** Numbers of the five landmarks of a face. */
  public static final int LANDMARKS = 10;

  /**
   * Checks the shapes.
   *
   * @throws IllegalArgumentException if the arrays disagree on the number of faces
   */
  public GroundTruthImage {
    int faces = subsets.length;
    boolean fits =
        boxes.length == faces * BOX
            && attributes.length == faces * FaceAttribute.COUNT
            && (landmarks.length == 0 || landmarks.length == faces * LANDMARKS);
    if (!fits) {
      throw new IllegalArgumentException(
          "the ground truth of %s disagrees with itself: %d box, %d subset, %d attribute and %d landmark values"
              .formatted(image, boxes.length, faces, attributes.length, landmarks.length));
    }
  }

  /** The number of annotated faces. */
  public int faces() {
    return subsets.length;
  }

  /** The value of one attribute of one face, or {@link #UNKNOWN}. */
  public byte attribute(int face, FaceAttribute attribute) {
    return attributes[face * FaceAttribute.COUNT + attribute.column()];
  }

  GroundTruthImage withLandmarks(double[] points) {
    return new GroundTruthImage(image, event, boxes, subsets, attributes, points);
  }

  /** Attributes of {@code faces} faces of which nothing is known. */
  static byte[] unknownAttributes(int faces) {
    byte[] attributes = new byte[faces * FaceAttribute.COUNT];
    Arrays.fill(attributes, UNKNOWN);
    return attributes;
  }
}
