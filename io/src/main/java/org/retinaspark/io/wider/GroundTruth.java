package org.retinaspark.io.wider;

import java.util.List;

/**
 * What a split's faces really are.
 *
 * @param split its name, such as {@code val}
 * @param subsets the names behind the bits of {@link GroundTruthImage#subsets()}, lowest first
 * @param boxType how the boxes were stored
 * @param images in the order of the files, which is the order of the official tool
 * @param files what was read
 * @param warnings what a reader of the numbers must know, such as an unrecognised digest
 */
public record GroundTruth(
    String split,
    List<String> subsets,
    BoxType boxType,
    List<GroundTruthImage> images,
    List<GroundTruthFile> files,
    List<String> warnings) {

  /** Keeps unmodifiable copies of the lists. */
  public GroundTruth {
    subsets = List.copyOf(subsets);
    images = List.copyOf(images);
    files = List.copyOf(files);
    warnings = List.copyOf(warnings);
  }

  /** The number of annotated faces of all images. */
  public long faces() {
    return images.stream().mapToLong(GroundTruthImage::faces).sum();
  }
}
