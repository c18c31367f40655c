package org.retinaspark.udf.pipeline;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Images that are read one after the other: a file that is one, or a file of many. */
public interface ImageUnit {

  /**
   * What stands for images that can't be had, in a row of its own: of a file of many, the file;
   * else the image. Asked for once, at most.
   */
  ImageInput lost();

  /** Bytes that the open file holds beside its images: a table's row group. */
  long heldBytes();

  /** Opens the file, on the thread that reads it; what fails is told by an image's content. */
  Images open();

  /** An open file. Used and closed by one thread; but contents may be read by others. */
  interface Images extends AutoCloseable {

    /**
     * The next image; nothing after the last. Who asks again has taken the image before. Of a file
     * of many its content is in memory: only here is the file read, so that only here it may hang.
     */
    @Nullable ImageInput next();

    @Override
    void close();
  }

  /** A file that is one image. */
  static ImageUnit of(ImageInput image) {
    return new Single(image);
  }

  /**
   * The same unit, but of each image what is made of it when it is handed out.
   *
   * @param change makes it, on the thread that reads
   */
  default ImageUnit changed(UnaryOperator<ImageInput> change) {
    return new Changed(this, change);
  }

  /** A unit whose images are changed as they are handed out; what stands for lost ones is not. */
  record Changed(ImageUnit unit, UnaryOperator<ImageInput> change) implements ImageUnit {

    @Override
    public ImageInput lost() {
      return unit.lost();
    }

    @Override
    public long heldBytes() {
      return unit.heldBytes();
    }

    @Override
    public Images open() {
      Images images = unit.open();
      return new Images() {

        @Override
        public @Nullable ImageInput next() {
          ImageInput next = images.next();
          return next == null ? null : change.apply(next);
        }

        @Override
        public void close() {
          images.close();
        }
      };
    }
  }

  /** A file that is one image, read when its content is. */
  record Single(ImageInput image) implements ImageUnit {

    @Override
    public ImageInput lost() {
      return image;
    }

    @Override
    public long heldBytes() {
      return 0;
    }

    @Override
    public Images open() {
      return new Images() {

        private @Nullable ImageInput next = image;

        @Override
        public @Nullable ImageInput next() {
          ImageInput given = next;
          next = null;
          return given;
        }

        @Override
        public void close() {
          // the content opens and closes the file itself
        }
      };
    }
  }
}
