package org.retinaspark.job.detect;

import java.time.Instant;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.TaskCompletionListener;
import org.retinaspark.io.images.ImageFile;
import org.retinaspark.io.reading.ImageIterator;
import org.retinaspark.io.reading.ImageReader;
import org.retinaspark.io.reading.StoredImage;
import org.retinaspark.udf.pipeline.ImageInput;

/** Where storage meets detection: a task's files become images to look at, read in their turn. */
final class OpenImages implements FlatMapFunction<Iterator<List<ImageFile>>, ImageInput> {

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
  public Iterator<ImageInput> call(Iterator<List<ImageFile>> task) {
    Opened images = new Opened(task);
    TaskContext.get()
        .addTaskCompletionListener((TaskCompletionListener) ended -> images.current.close());
    return images;
  }

  private ImageInput input(StoredImage image) {
    return new ImageInput(
        image.image(),
        image.container(),
        image.uri(),
        image.length(),
        image.etag(),
        image.modified() == 0 ? null : Instant.ofEpochMilli(image.modified()),
        image.carried().size() == carriedColumns
            ? image.carried()
            : Arrays.asList(new Object[carriedColumns]),
        image.content()::read);
  }

  /** The images of all files, one file after the other. */
  private final class Opened implements Iterator<ImageInput> {

    private final Iterator<List<ImageFile>> lists;
    private Iterator<ImageFile> files = List.<ImageFile>of().iterator();
    private ImageIterator current = ImageIterator.none();

    Opened(Iterator<List<ImageFile>> lists) {
      this.lists = lists;
    }

    @Override
    public boolean hasNext() {
      while (!current.hasNext()) {
        while (!files.hasNext()) {
          if (!lists.hasNext()) {
            return false;
          }
          files = lists.next().iterator();
        }
        current = reader.open(files.next());
      }
      return true;
    }

    @Override
    public ImageInput next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      handedOut.add(1);
      return input(current.next());
    }
  }
}
