package org.retinaspark.udf.pipeline;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;

/**
 * What reading a file gave.
 *
 * @param bytes the file; empty after a failure
 * @param failure why there is nothing to decode
 */
record Content(byte[] bytes, @Nullable Failure failure) {

  private static final byte[] NONE = {};

  static Content failed(String code, String message) {
    return new Content(NONE, new Failure(Failure.READ, code, message));
  }

  /** Reads a file, unless it is too large to be read. */
  static Content of(ImageInput input, long maximumBytes) {
    if (input.length() > maximumBytes) {
      return tooLarge("a file of %d bytes".formatted(input.length()), maximumBytes);
    }
    try {
      byte[] bytes = input.content().read();
      if (bytes.length > maximumBytes) {
        // A file of unknown length is read up to the first byte too many.
        return tooLarge("a file of at least %d bytes".formatted(bytes.length), maximumBytes);
      }
      return bytes.length == 0
          ? failed("empty", "the file has no bytes")
          : new Content(bytes, null);
    } catch (IOException failure) {
      return new Content(NONE, Failure.of(Failure.READ, code(failure), failure));
    } catch (RuntimeException failure) {
      return new Content(NONE, Failure.of(Failure.READ, "unexpected", failure));
    } catch (OutOfMemoryError failure) {
      return new Content(NONE, Failure.of(Failure.READ, "out_of_memory", failure));
    }
  }

  private static Content tooLarge(String file, long maximumBytes) {
    return failed(
        "too_large",
        "%s exceeds the %d of --max-bytes, and was not read".formatted(file, maximumBytes));
  }

  private static String code(IOException failure) {
    if (failure instanceof FileNotFoundException || failure instanceof NoSuchFileException) {
      return "not_found";
    }
    if (failure instanceof AccessDeniedException) {
      return "access_denied";
    }
    return failure instanceof EOFException ? "incomplete" : "io_error";
  }
}
