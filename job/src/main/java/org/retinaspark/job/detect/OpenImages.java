package org.retinaspark.job.detect;

import java.io.IOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.util.LongAccumulator;
import org.jspecify.annotations.Nullable;
import org.retinaspark.io.images.FileFormat;
import org.retinaspark.io.images.ImageFile;
import org.retinaspark.io.reading.ImageIterator;
import org.retinaspark.io.reading.ImageReader;
import org.retinaspark.io.reading.StoredImage;
import org.retinaspark.job.StoredInput;
import org.retinaspark.udf.pipeline.ImageInput;
import org.retinaspark.udf.pipeline.ImageUnit;

/** Where storage meets detection: a task's files become units of images, opened in their turn. */
final class OpenImages implements FlatMapFunction<List<ImageFile>, ImageUnit> {

  private static final long serialVersionUID = 1L;

  private final ImageReader reader;
  private final int carriedColumns;
  private final LongAccumulator handedOut;

  /**
   * A function that gives each image so many carried values, which are null if it has none.
   *
   * @param handedOut counts the images
   */
  OpenImages(ImageReader reader, int carriedColumns, LongAccumulator handedOut) {
    this.reader = reader;
    this.carriedColumns = carriedColumns;
    this.handedOut = handedOut;
  }

  @Override
  public Iterator<ImageUnit> call(List<ImageFile> files) {
    return files.stream().map(this::unit).iterator();
  }

  private ImageUnit unit(ImageFile file) {
    if (file.root().format() == FileFormat.IMAGE) {
      count();
      return ImageUnit.of(input(reader.open(file).next()));
    }
    return new FileOfMany(file);
  }

  /** Several threads of a task read, but Spark's accumulators are for one. */
  private void count() {
    synchronized (handedOut) {
      handedOut.add(1);
    }
  }

  private ImageInput input(StoredImage image) {
    return StoredInput.of(image, carried(image.carried()));
  }

  private List<@Nullable Object> carried(List<@Nullable Object> values) {
    return values.size() == carriedColumns ? values : Arrays.asList(new Object[carriedColumns]);
  }

  /** An archive, or a part of a table. */
  private final class FileOfMany implements ImageUnit {

    private final ImageFile file;

    FileOfMany(ImageFile file) {
      this.file = file;
    }

    @Override
    public ImageInput lost() {
      count();
      return input(
          reader.lost(
              file,
              () -> {
                throw new IOException("'%s' is no image, but holds some".formatted(file.uri()));
              }));
    }

    /** A table is read a row group at a time, and a part of one is about as large. */
    @Override
    public long heldBytes() {
      return file.root().format() == FileFormat.TABLE ? file.bytes() : 0;
    }

    @Override
    public Images open() {
      ImageIterator images = reader.open(file);
      return new Images() {

        private @Nullable ImageInput given;

        @Override
        public @Nullable ImageInput next() {
          if (given != null) {
            // Who asks again has taken it; what comes too late for a time limit is not taken.
            count();
          }
          given = images.hasNext() ? input(images.next()) : null;
          return given;
        }

        @Override
        public void close() {
          images.close();
        }
      };
    }
  }
}
