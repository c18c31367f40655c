package org.retinaspark.io.images;

import java.util.List;

/**
 * The images below an input.
 *
 * @param images sorted by key, each key once
 * @param passedOver files that are no images by their names
 */
public record ImageListing(List<ImageFile> images, long passedOver) {

  /** Keeps an unmodifiable copy. */
  public ImageListing {
    images = List.copyOf(images);
  }

  /** Bytes of all images together. */
  public long bytes() {
    return images.stream().mapToLong(ImageFile::length).sum();
  }
}
