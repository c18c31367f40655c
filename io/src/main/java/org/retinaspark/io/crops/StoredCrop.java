package org.retinaspark.io.crops;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;
import org.retinaspark.io.facetable.FaceArrays;
import org.retinaspark.io.facetable.FaceArrays.Pose;
import org.retinaspark.io.facetable.ImageError;

/**
 * A face and its crop.
 *
 * @param image the key of its image
 * @param uri where that is, as the table of faces says
 * @param index the face's place among those of its image
 * @param score the network's probability of "face", from 0 to 1
 * @param box x1, y1, x2, y2 in pixels of the image
 * @param pose how the head is turned, if the table of faces says
 * @param content the file of the crop; empty after an error
 * @param side pixels of the crop's side; 0 after an error
 * @param error why there is no crop; absent if there is one
 */
public record StoredCrop(
    String image,
    String uri,
    int index,
    float score,
    float[] box,
    @Nullable Pose pose,
    byte[] content,
    int side,
    @Nullable ImageError error)
    implements Serializable {

  private static final byte[] NONE = {};

  /**
   * Checks that there is a crop or an error.
   *
   * @throws IllegalArgumentException if there are both or none, or the box has no four numbers
   */
  public StoredCrop {
    if ((content.length == 0) == (error == null) || box.length != FaceArrays.BOX) {
      throw new IllegalArgumentException(
          "face %d of '%s' has neither crop nor error, or both".formatted(index, image));
    }
  }

  /** A face that has a crop, of unknown pose. */
  public static StoredCrop made(
      String image, String uri, int index, float score, float[] box, byte[] content, int side) {
    return new StoredCrop(image, uri, index, score, box, null, content, side, null);
  }

  /** A face that has none, of unknown pose. */
  public static StoredCrop failed(
      String image, String uri, int index, float score, float[] box, ImageError error) {
    return new StoredCrop(image, uri, index, score, box, null, NONE, 0, error);
  }

  /** The same of a known pose. */
  public StoredCrop turned(Pose known) {
    return new StoredCrop(image, uri, index, score, box, known, content, side, error);
  }
}
