package org.retinaspark.job.detect;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.retinaspark.io.images.ImageInputs;
import org.retinaspark.io.images.InputColumns;
import org.retinaspark.io.images.NameFilter;
import org.retinaspark.io.images.SourceFormat;
import org.retinaspark.io.reading.ReadSettings;
import org.retinaspark.udf.image.DecodeSettings;
import org.retinaspark.udf.image.Orientation;
import org.retinaspark.udf.pipeline.PipelineSettings;
import picocli.CommandLine.Option;

/** The options of {@code detect} that say where images are looked for, and how they are read. */
final class SourceOptions {

  @Option(
      names = "--input",
      required = true,
      arity = "1..*",
      paramLabel = "URI",
      description =
          "Files, folders with all below them, or globs: local, file:, hdfs:, s3a:. Several may"
              + " follow, or the option may be repeated.")
  private List<String> locations = List.of();

  @Option(
      names = "--input-format",
      paramLabel = "auto|files|manifest|tar|zip|parquet",
      defaultValue = "auto",
      description =
          "How the input holds its images. auto: a folder's images or, without any, its tar and zip"
              + " archives; of a file itself by its ending, .csv and .txt being manifests"
              + " (default: ${DEFAULT-VALUE}).")
  private SourceFormat format = SourceFormat.AUTO;

  @DecidesRows
  @Option(
      names = "--path-column",
      paramLabel = "NAME",
      description =
          "A manifest's column of image paths (default: path, uri, image or file_name). Columns"
              + " length, etag, width and height are used; others go through to the table.")
  private @Nullable String pathColumn;

  @DecidesRows
  @Option(
      names = "--content-column",
      paramLabel = "NAME",
      description = "A Parquet table's column of images (default: the only one of bytes).")
  private @Nullable String contentColumn;

  @DecidesRows
  @Option(
      names = "--key-column",
      paramLabel = "NAME",
      description =
          "A Parquet table's column of image names (default: path, uri, key, id, file_name,"
              + " image.path; else rows are numbered).")
  private @Nullable String keyColumn;

  @Option(
      names = "--extensions",
      paramLabel = "LIST|any",
      split = ",",
      description =
          "Which files of a folder and members of an archive are images (default: those of the"
              + " known formats).")
  private Set<String> extensions = Set.of();

  @DecidesRows
  @Option(
      names = "--split",
      paramLabel = "NAME",
      description = "What the table's column 'split' says.")
  private @Nullable String split;

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
      paramLabel = "N",
      description = "A larger file fails, before it is read (default: 128 MiB).")
  private long maximumBytes = 128 << 20;

  @Range(from = 1)
  @Option(
      names = "--partition-size",
      paramLabel = "BYTES",
      description = "What one task reads, about (default: 64 MiB).")
  private long taskBytes = 64 << 20;

  @Option(
      names = "--readers",
      paramLabel = "N",
      description = "Files that a task reads at once (default: ${DEFAULT-VALUE}).")
  private int readers = PipelineSettings.DEFAULT.readers();

  @Option(
      names = "--read-ahead",
      paramLabel = "BYTES",
      description = "Files read and not yet decoded that a task holds (default: 32 MiB).")
  private long readAhead = PipelineSettings.DEFAULT.readAheadBytes();

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

  /**
   * Checks what is more than a range.
   *
   * @throws IllegalArgumentException naming the option, its value and what it may be
   */
  void requireValid() {
    decoding();
    pipeline();
  }

  /** The places, and how they hold images. */
  ImageInputs inputs() {
    return new ImageInputs(
        locations, format, filter(), new InputColumns(pathColumn, contentColumn, keyColumn));
  }

  private NameFilter filter() {
    if (extensions.isEmpty()) {
      return NameFilter.IMAGES;
    }
    Set<String> endings = new TreeSet<>();
    for (String extension : extensions) {
      endings.add(extension.strip().toLowerCase(Locale.ROOT).replaceFirst("^\\.", ""));
    }
    return endings.contains("any") ? NameFilter.ANY : new NameFilter(endings);
  }

  /** What the table's column of that name says. */
  @Nullable String split() {
    return split;
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

  /** How executors read. */
  ReadSettings reading() {
    ImageInputs inputs = inputs();
    return new ReadSettings(
        inputs.filter(), inputs.columns(), maximumBytes, Duration.ofSeconds(retryTime));
  }

  /** How far a task works ahead. */
  PipelineSettings pipeline() {
    return new PipelineSettings(readers, readAhead, Duration.ofSeconds(imageTimeout));
  }
}
