package org.retinaspark.io.images;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.spark.sql.types.StructType;

/**
 * The units of work of all inputs.
 *
 * @param files sorted by key, each key once
 * @param passedOver files that are no images by their names
 * @param carried the columns of a manifest that go through to the output; empty if there are none
 */
public record ImageListing(List<ImageFile> files, long passedOver, StructType carried) {

  /** Keeps an unmodifiable copy. */
  public ImageListing {
    files = List.copyOf(files);
  }

  /** Bytes of all files of known length together. */
  public long bytes() {
    return files.stream().mapToLong(file -> Math.max(0, file.bytes())).sum();
  }

  /** The first unit that is a table or part of one; absent if there is none. */
  public Optional<ImageFile> table() {
    return files.stream().filter(file -> file.root().format() == FileFormat.TABLE).findFirst();
  }

  /** How many images there are; absent if files hold many, which are counted as they are read. */
  public OptionalLong images() {
    boolean single = files.stream().allMatch(file -> file.root().format() == FileFormat.IMAGE);
    return single ? OptionalLong.of(files.size()) : OptionalLong.empty();
  }
}
