package org.retinaspark.job.detect;

import java.time.Instant;
import org.apache.spark.api.java.function.Function;
import org.retinaspark.io.images.ImageFile;
import org.retinaspark.io.images.ImageReader;
import org.retinaspark.udf.spark.ImageInput;

/** Where storage meets detection: a listed file becomes an image to look at, read in its turn. */
final class OpenImage implements Function<ImageFile, ImageInput> {

  private static final long serialVersionUID = 1L;

  private final ImageReader reader;

  OpenImage(ImageReader reader) {
    this.reader = reader;
  }

  @Override
  public ImageInput call(ImageFile file) {
    return new ImageInput(
        file.image(),
        file.uri(),
        file.length(),
        file.etag(),
        file.modified() == 0 ? null : Instant.ofEpochMilli(file.modified()),
        () -> reader.read(file));
  }
}
