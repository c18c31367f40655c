package org.retinaspark.job;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.retinaspark.io.reading.ImageContent;
import org.retinaspark.io.reading.StoredImage;
import org.retinaspark.io.reading.UnreadableImageException;
import org.retinaspark.udf.pipeline.FailedImageException;
import org.retinaspark.udf.pipeline.ImageInput;

/** Where storage meets the executor's work: an image as it is stored becomes one to look at. */
public final class StoredInput {

  private StoredInput() {}

  /**
   * The image to look at.
   *
   * @param carried values of the table's further columns
   */
  public static ImageInput of(StoredImage image, List<@Nullable Object> carried) {
    return new ImageInput(
        image.image(),
        image.container(),
        image.uri(),
        image.length(),
        image.etag(),
        image.modified() == 0 ? null : Instant.ofEpochMilli(image.modified()),
        carried,
        () -> read(image.content()));
  }

  private static byte[] read(ImageContent content) throws IOException {
    try {
      return content.read();
    } catch (UnreadableImageException failure) {
      throw new FailedImageException(failure.code(), String.valueOf(failure.getMessage()));
    }
  }
}
