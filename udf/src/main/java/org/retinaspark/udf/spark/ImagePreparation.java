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
        DecodedImage decoded = decoder.decode(content, detector::usefulShare);
        image.decoded(decoded, detector.placements(decoded.width(), decoded.height()));
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
      image.fail(
          new Failure(
              Failure.READ,
              "too_large",
              "a file of %d bytes exceeds the %d of --max-bytes, and was not read"
                  .formatted(input.length(), maximumBytes)));
      return new byte[0];
    }
    byte[] content = input.content().read();
    if (content.length == 0) {
      image.fail(new Failure(Failure.READ, "empty", "the file has no bytes"));
    }
    return content;
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
