package org.retinaspark.job.detect;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.retinaspark.io.images.ImageInputs;
import org.retinaspark.io.reading.ReadSettings;
import org.retinaspark.job.CharsetName;
import org.retinaspark.job.Heading;
import org.retinaspark.job.Size;
import org.retinaspark.job.options.DecidesRows;
import org.retinaspark.job.options.Range;
import org.retinaspark.udf.image.DecodeSettings;
import org.retinaspark.udf.image.Orientation;
import org.retinaspark.udf.pipeline.PipelineSettings;
import picocli.CommandLine.Option;

/**
 * The options of {@code detect} that say how a file becomes pixels, and how far that works ahead.
 */
public final class ReadingOptions {

  @Heading("Reading and decoding")
  @DecidesRows
  @Option(
      names = "--orientation",
      paramLabel = "apply|ignore",
      defaultValue = "apply",
      description = "What becomes of the EXIF orientation (default: ${DEFAULT-VALUE}).")
  private Orientation orientation = Orientation.APPLY;

  @DecidesRows
  @Option(
      names = "--max-pixels",
      paramLabel = "N",
      description = "A larger image fails, before it is decoded (default: ${DEFAULT-VALUE}).")
  private long maximumPixels = DecodeSettings.DEFAULT_MAX_PIXELS;

  @DecidesRows
  @Range(from = 1)
  @Option(
      names = "--max-bytes",
      paramLabel = "SIZE",
      converter = Size.class,
      description = "A larger file fails, before it is read (default: 128m).")
  private long maximumBytes = 128 << 20;

  @DecidesRows
  @Option(
      names = "--name-encoding",
      paramLabel = "NAME",
      converter = CharsetName.class,
      description =
          "Of names in zips that don't say they are UTF-8 (default: UTF-8 if they are that, else"
              + " cp437) and in tars (default: UTF-8). Bytes that are no text become \\xE4.")
  private @Nullable String nameEncoding;

  @Option(
      names = "--image-timeout",
      paramLabel = "SECONDS",
      description =
          "How long reading, and decoding, an image may take (default: ${DEFAULT-VALUE}).")
  private long imageTimeout = PipelineSettings.DEFAULT.imageTimeout().toSeconds();

  @Range(from = 0)
  @Option(
      names = "--retry-time",
      paramLabel = "SECONDS",
      description =
          "How long a read is tried again that fails for a passing reason; missing and forbidden"
              + " files fail at once (default: ${DEFAULT-VALUE}).")
  private long retryTime = 60;

  @Heading("Reading ahead")
  @Range(from = 1)
  @Option(
      names = "--partition-size",
      paramLabel = "SIZE",
      converter = Size.class,
      description = "What one task reads, about (default: 64m).")
  private long taskBytes = 64 << 20;

  @Option(
      names = "--readers",
      paramLabel = "N",
      description = "Files that a task reads at once (default: ${DEFAULT-VALUE}).")
  private int readers = PipelineSettings.DEFAULT.readers();

  @Option(
      names = "--read-ahead",
      paramLabel = "SIZE",
      converter = Size.class,
      description = "Files read and not yet decoded that a task holds (default: 32m).")
  private long readAhead = PipelineSettings.DEFAULT.readAheadBytes();

  /**
   * Checks what is more than a range.
   *
   * @throws IllegalArgumentException naming the option, its value and what it may be
   */
  void requireValid() {
    decoding();
    pipeline();
  }

  /** How a file becomes pixels. */
  DecodeSettings decoding() {
    return new DecodeSettings(orientation, maximumPixels);
  }

  /** A larger file is not read. */
  long maximumBytes() {
    return maximumBytes;
  }

  /** What a task reads, about. */
  long taskBytes() {
    return taskBytes;
  }

  /** How executors read these inputs. */
  ReadSettings settings(ImageInputs inputs) {
    return new ReadSettings(
        inputs.filter(),
        inputs.columns(),
        maximumBytes,
        nameEncoding,
        Duration.ofSeconds(retryTime));
  }

  /** How far a task works ahead. */
  PipelineSettings pipeline() {
    return new PipelineSettings(readers, readAhead, Duration.ofSeconds(imageTimeout));
  }
}
