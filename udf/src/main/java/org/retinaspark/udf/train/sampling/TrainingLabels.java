package org.retinaspark.udf.train.sampling;

import java.io.Serializable;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.retinaspark.udf.train.matching.LabelledBox;

/**
 * What is known of the photos of a training, as far as tasks need it.
 *
 * @param images the labelled faces of each image that is labelled; none of an image that is
 *     labelled as having none
 * @param heldOut SHA-256 of files that must not be learnt from, 64 lower-case hexadecimal digits:
 *     those of an evaluation
 */
public record TrainingLabels(BoxesByImage images, Set<String> heldOut) implements Serializable {

  /** Finds the labelled faces of an image. */
  @FunctionalInterface
  public interface BoxesByImage extends Serializable {

    /** The labelled faces of an image, by its key; null if it isn't labelled. */
    @Nullable LabelledBoxes of(String image);
  }

  /** Keeps an unmodifiable copy. */
  public TrainingLabels {
    heldOut = Set.copyOf(heldOut);
  }

  /** Of images by their very keys. */
  public TrainingLabels(Map<String, LabelledBoxes> images, Set<String> heldOut) {
    this(Map.copyOf(images)::get, heldOut);
  }

  /** Whether an image is labelled. */
  public boolean know(String image) {
    return images.of(image) != null;
  }

  /**
   * The labelled faces of an image.
   *
   * @throws IllegalArgumentException if it isn't labelled
   */
  public List<LabelledBox> faces(String image) {
    LabelledBoxes boxes = images.of(image);
    if (boxes == null) {
      throw new IllegalArgumentException("no label names the image '%s'".formatted(image));
    }
    return boxes.faces();
  }

  /** Whether a file must not be learnt from. */
  public boolean holdOut(byte[] file) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(file);
      return heldOut.contains(HexFormat.of().formatHex(digest));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
