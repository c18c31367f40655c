package org.retinaspark.job.crop;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import org.retinaspark.io.crops.StoredCrop;
import org.retinaspark.io.facetable.ImageRecord;
import org.retinaspark.udf.pipeline.FailedImageException;
import org.retinaspark.udf.pipeline.ImageInProgress;
import org.retinaspark.udf.pipeline.ImageInput;
import org.retinaspark.udf.pipeline.ImageResult;
import org.retinaspark.udf.pipeline.Station;

/**
 * Where an image's faces are cropped, on the thread that decodes, while the pixels are there; what
 * waits for the task's own thread is files, and not their pixels.
 */
final class CropStation implements Station {

  /** An image that isn't what the table tells of. */
  private static final String CHANGED = "changed";

  private final WantedImages wanted;
  private final FaceCropper cropper;

  /** Used by the task's own thread alone. */
  private final IdentityHashMap<ImageInput, List<StoredCrop>> crops = new IdentityHashMap<>();

  CropStation(WantedImages wanted, FaceCropper cropper) {
    this.wanted = wanted;
    this.cropper = cropper;
  }

  @Override
  public Step submit(ImageInProgress image) {
    ImageRecord record = wanted.of(image.input());
    requireSame(image.frame(), record);
    List<StoredCrop> faces = cropper.crop(record, image.pixels());
    return new Step() {
      @Override
      public void finish() {
        crops.put(image.input(), faces);
      }

      @Override
      public void close() {
        // nothing is held but memory
      }
    };
  }

  private static void requireSame(ImageResult.Frame frame, ImageRecord record) {
    var then = record.frame();
    if (then != null && (then.width() != frame.width() || then.height() != frame.height())) {
      throw new FailedImageException(
          CHANGED,
          "the image is %d x %d, and was %d x %d when its faces were found: it is another, or was turned"
              .formatted(frame.width(), frame.height(), then.width(), then.height()));
    }
  }

  /** The crops of an image that has passed, once. */
  List<StoredCrop> take(ImageInput input) {
    List<StoredCrop> taken = crops.remove(input);
    return taken == null ? Collections.emptyList() : taken;
  }
}
