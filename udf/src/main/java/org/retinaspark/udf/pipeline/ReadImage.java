package org.retinaspark.udf.pipeline;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;

/**
 * An image that has been read.
 *
 * @param input which image it is
 * @param bytes its file; empty after a failure
 * @param failure why there is nothing to decode
 */
record ReadImage(ImageInput input, byte[] bytes, @Nullable Failure failure) {

  static final String ACCESS_DENIED = "access_denied";

  private static final byte[] NONE = {};

  static ReadImage failed(ImageInput input, Failure failure) {
    return new ReadImage(input, NONE, failure);
  }

  /** Reads a file, unless it is too large to be read. */
  static ReadImage of(ImageInput input, long maximumBytes) {
    if (input.length() > maximumBytes) {
      return tooLarge(input, "a file of %d bytes".formatted(input.length()), maximumBytes);
    }
    try {
      byte[] bytes = input.content().read();
      if (bytes.length > maximumBytes) {
        // A file of unknown length is read up to the first byte too many.
        return tooLarge(input, "a file of at least %d bytes".formatted(bytes.length), maximumBytes);
      }
      return bytes.length == 0
          ? failed(input, new Failure(Failure.READ, "empty", "the file has no bytes"))
          : new ReadImage(input, bytes, null);
    } catch (IOException failure) {
      return failed(input, Failure.of(Failure.READ, code(failure), failure));
    } catch (FailedImageException failure) {
      return failed(input, Failure.of(Failure.READ, failure.code(), failure));
    } catch (RuntimeException failure) {
      // A file system that stumbles: one image's failure, not the job's.
      return failed(input, Failure.of(Failure.READ, "unexpected", failure));
    } catch (OutOfMemoryError failure) {
      return failed(input, Failure.of(Failure.READ, "out_of_memory", failure));
    }
  }

  private static ReadImage tooLarge(ImageInput input, String file, long maximumBytes) {
    return failed(
        input,
        new Failure(
            Failure.READ,
            "too_large",
            "%s exceeds the %d of --max-bytes, and was not read".formatted(file, maximumBytes)));
  }

  private static String code(IOException failure) {
    if (failure instanceof FileNotFoundException || failure instanceof NoSuchFileException) {
      return "not_found";
    }
    if (failure instanceof AccessDeniedException) {
      return ACCESS_DENIED;
    }
    return failure instanceof EOFException ? "incomplete" : "io_error";
  }

  boolean isDenied() {
    return failure != null && failure.code().equals(ACCESS_DENIED);
  }
}
