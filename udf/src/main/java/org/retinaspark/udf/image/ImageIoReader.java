package org.retinaspark.udf.image;

import java.io.IOException;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.jspecify.annotations.Nullable;

/**
 * One ImageIO reader over one file in memory. Whatever a reader throws at a broken file, unchecked
 * exceptions and overflown stacks included, comes out as a {@link DecodeException}.
 */
public final class ImageIoReader implements AutoCloseable {

  /** Something that reads from an ImageIO reader. */
  public interface Step<T> {
    /** Reads. */
    T from(ImageReader reader) throws IOException, DecodeException;
  }

  private final ImageFormat format;
  private final ImageReader reader;
  private @Nullable String warning;

  private ImageIoReader(ImageFormat format, ImageReader reader) {
    this.format = format;
    this.reader = reader;
  }

  /**
   * A reader of a file in memory; the caller closes it.
   *
   * @throws DecodeException {@code corrupt} if the reader refuses the file
   */
  public static ImageIoReader open(ImageFormat format, byte[] content) throws DecodeException {
    ImageReader reader;
    try {
      reader = ReaderProviders.of(format).createReaderInstance();
    } catch (IOException e) {
      throw new IllegalStateException("the " + format.label() + " reader can't be created", e);
    }
    ImageIoReader opened = new ImageIoReader(format, reader);
    reader.addIIOReadWarningListener(
        (source, message) -> opened.warning = opened.warning == null ? message : opened.warning);
    ImageInputStream stream = new MemoryStream(content);
    opened.run(
        source -> {
          source.setInput(stream, true, true);
          return source;
        });
    return opened;
  }

  /**
   * Runs a step on the reader.
   *
   * @throws DecodeException what the step throws, or {@code corrupt} for anything else
   */
  public <T> T run(Step<T> step) throws DecodeException {
    try {
      return step.from(reader);
    } catch (IOException | RuntimeException | StackOverflowError e) {
      throw new DecodeException(
          DecodeException.CORRUPT,
          "the %s can't be decoded, the reader says \"%s\""
              .formatted(
                  format.label(), e.getMessage() == null ? e.getClass().getName() : e.getMessage()),
          e);
    }
  }

  /** The first complaint of the reader, if it had any. */
  public @Nullable String warning() {
    return warning;
  }

  @Override
  public void close() {
    reader.dispose();
  }
}
