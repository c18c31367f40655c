package org.retinaspark.io.reading;

import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The images of one unit. One thread pulls; contents may be read by others. Closing frees the file,
 * at the end of the images or before.
 */
public interface ImageIterator extends Iterator<StoredImage>, AutoCloseable {

  @Override
  void close();

  /** The same images, each made another when it is taken. */
  default ImageIterator map(UnaryOperator<StoredImage> change) {
    ImageIterator images = this;
    return new ImageIterator() {
      @Override
      public boolean hasNext() {
        return images.hasNext();
      }

      @Override
      public StoredImage next() {
        return change.apply(images.next());
      }

      @Override
      public void close() {
        images.close();
      }
    };
  }

  /** No image. */
  static ImageIterator none() {
    return over(Collections.emptyIterator());
  }

  /** The one image of a file. */
  static ImageIterator of(StoredImage image) {
    return over(List.of(image).iterator());
  }

  private static ImageIterator over(Iterator<StoredImage> images) {
    return new ImageIterator() {
      @Override
      public boolean hasNext() {
        return images.hasNext();
      }

      @Override
      public StoredImage next() {
        return images.next();
      }

      @Override
      public void close() {
        // contents open and close their files themselves
      }
    };
  }
}
