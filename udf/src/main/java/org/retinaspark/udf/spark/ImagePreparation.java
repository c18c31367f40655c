package org.retinaspark.udf.spark;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import org.retinaspark.udf.detect.Detector;
import org.retinaspark.udf.image.DecodeException;
import org.retinaspark.udf.image.DecodedImage;
import org.retinaspark.udf.image.ImageDecoder;

/** Reads and decodes images, one after the other; what can't be had becomes a failure, no error. */
final class ImagePreparation implements AutoCloseable {

  private final Detector detector;
  private final long maximumBytes;
  private final ImageDecoder decoder;

  ImagePreparation(DetectSettings settings, Detector detector) {
    this.detector = detector;
    this.maximumBytes = settings.maximumBytes();
    this.decoder = ImageDecoder.open(settings.decoding());
  }

  ImageInProgress prepare(ImageInput input) {
    ImageInProgress image = new ImageInProgress(input);
    try {
      byte[] content = read(input, image);
      if (content.length > 0) {
        DecodedImage decoded = decoder.decode(content);
        image.decoded(
            decoded, detector.placements(decoded.pixels().width(), decoded.pixels().height()));
      }
    } catch (IOException failure) {
      image.fail(Failure.of(Failure.READ, readCode(failure), failure));
    } catch (DecodeException failure) {
      image.fail(Failure.of(Failure.DECODE, failure.code(), failure));
    } catch (OutOfMemoryError failure) {
      image.fail(Failure.of(Failure.DECODE, "out_of_memory", failure));
    }
    return image;
  }

  /** The file's bytes; none if that is the failure. */
  private byte[] read(ImageInput input, ImageInProgress image) throws IOException {
    if (input.length() > maximumBytes) {
      image.fail(tooLarge("a file of %d bytes".formatted(input.length())));
      return new byte[0];
    }
    byte[] content = input.content().read();
    if (content.length > maximumBytes) {
      // A file of unknown length is read up to the first byte too many.
      image.fail(tooLarge("a file of at least %d bytes".formatted(content.length)));
      return new byte[0];
    }
    if (content.length == 0) {
      image.fail(new Failure(Failure.READ, "empty", "the file has no bytes"));
    }
    return content;
  }

  private Failure tooLarge(String file) {
    return new Failure(
        Failure.READ,
        "too_large",
        "%s exceeds the %d of --max-bytes, and was not read".formatted(file, maximumBytes));
  }

  private static String readCode(IOException failure) {
    if (failure instanceof InterruptedIOException
        || failure instanceof ClosedByInterruptException) {
      // Spark kills the task: that says nothing about the image, and must not become its row.
      throw new UncheckedIOException(failure);
    }
    if (failure instanceof FileNotFoundException || failure instanceof NoSuchFileException) {
      return "not_found";
    }
    if (failure instanceof AccessDeniedException) {
      return "access_denied";
    }
    return failure instanceof EOFException ? "incomplete" : "io_error";
  }

  @Override
  public void close() {
    decoder.close();
  }
}
