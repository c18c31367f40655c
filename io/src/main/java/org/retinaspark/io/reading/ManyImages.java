package org.retinaspark.io.reading;

import java.io.Closeable;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import org.retinaspark.io.images.ImageFile;

/**
 * The images of a file of many. If it can't be read to its end, the last of them stands for what
 * was lost: it has the file's own key, and its content tells the reason.
 */
final class ManyImages implements ImageIterator {

  /** An open file of many. */
  interface Source extends Closeable {

    /** The next image; nothing after the last. */
    @Nullable StoredImage next() throws IOException;
  }

  private final ImageFile file;
  private final Retry.Attempt<Source> opening;
  private @Nullable Source source;
  private @Nullable StoredImage ready;
  private boolean ended;

  ManyImages(ImageFile file, Retry.Attempt<Source> opening) {
    this.file = file;
    this.opening = opening;
  }

  @Override
  public boolean hasNext() {
    if (ready == null && !ended) {
      ready = advance();
    }
    return ready != null;
  }

  @Override
  public StoredImage next() {
    if (!hasNext() || ready == null) {
      throw new NoSuchElementException();
    }
    StoredImage image = ready;
    ready = null;
    return image;
  }

  private @Nullable StoredImage advance() {
    try {
      Source open = source == null ? opening.run() : source;
      source = open;
      StoredImage image = open.next();
      if (image == null) {
        close();
      }
      return image;
    } catch (IOException | RuntimeException | OutOfMemoryError | StackOverflowError failure) {
      close();
      if (Retry.isInterruption(failure)) {
        throw new UncheckedIOException(new IOException(failure));
      }
      IOException reason = reason(failure);
      return StoredImage.lost(
          file,
          () -> {
            throw reason;
          });
    }
  }

  /** Hostile files make parsers throw anything: all of it is a reason. */
  private IOException reason(Throwable failure) {
    if (failure instanceof FileNotFoundException || failure instanceof AccessDeniedException) {
      return (IOException) failure;
    }
    String message =
        "'%s' can't be read to its end; what was read before has rows of its own: %s"
            .formatted(file.uri(), failure);
    if (failure instanceof UnreadableImageException known) {
      return new UnreadableImageException(known.code(), message);
    }
    return failure instanceof EOFException
        ? new EOFException(message)
        : new IOException(message, failure);
  }

  @Override
  public void close() {
    ended = true;
    Source open = source;
    source = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException nothingLost) {
        // all that was wanted has been read
      }
    }
  }
}
