package org.retinaspark.job.crop;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.retinaspark.io.facetable.ImageRecord;
import org.retinaspark.udf.pipeline.ImageInput;

/** What the table says of the images that a task has under way. Used by all threads of the task. */
final class WantedImages {

  private final Map<ImageInput, List<ImageRecord>> records =
      Collections.synchronizedMap(new IdentityHashMap<>());

  /** An image is under way. */
  ImageInput add(ImageInput input, ImageRecord record) {
    records.put(input, List.of(record));
    return input;
  }

  /** What stands for several images that can't be had is under way. */
  ImageInput add(ImageInput input, List<ImageRecord> lost) {
    records.put(input, lost);
    return input;
  }

  /** The record of an image that was decoded. */
  ImageRecord of(ImageInput input) {
    return Objects.requireNonNull(records.get(input), input.image()).get(0);
  }

  /** The records of what has come to its end. */
  List<ImageRecord> remove(ImageInput input) {
    return Objects.requireNonNull(records.remove(input), input.image());
  }
}
