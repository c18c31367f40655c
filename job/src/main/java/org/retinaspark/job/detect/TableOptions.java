package org.retinaspark.job.detect;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.retinaspark.io.facetable.TableLayout;
import org.retinaspark.io.images.ImageListing;
import org.retinaspark.io.table.Compression;
import org.retinaspark.io.table.PartitionColumn;
import org.retinaspark.io.table.RunLock;
import org.retinaspark.io.table.TableFiles;
import org.retinaspark.io.table.TablePolicy;
import org.retinaspark.job.Heading;
import org.retinaspark.job.Size;
import org.retinaspark.job.UsageException;
import org.retinaspark.job.options.DecidesRows;
import org.retinaspark.job.options.Range;
import picocli.CommandLine.Option;

/**
 * The options of {@code detect} that say where the table goes and what becomes of what is there.
 */
final class TableOptions {

  /** Chunks of a few minutes on a CPU; see docs/decisions/0005. */
  private static final int CHECKPOINT_IMAGES_A_CORE = 1000;

  @Heading("Output")
  @Option(
      names = "--output",
      required = true,
      paramLabel = "URI",
      description = "The folder for the table; it must not exist, or see --resume and --overwrite.")
  private String output = "";

  @Option(
      names = "--overwrite",
      description =
          "Replace a table that stands at --output, of which only the files that its _run.json"
              + " lists are deleted; with anything else there the run is refused.")
  private boolean overwrite;

  @DecidesRows
  @Option(
      names = "--layout",
      paramLabel = "images|faces",
      defaultValue = "images",
      description =
          "What a row is: an image with an array of its faces, or a face, flat, where an image"
              + " without faces has a row too (default: ${DEFAULT-VALUE}).")
  private TableLayout layout = TableLayout.IMAGES;

  @DecidesRows
  @Option(
      names = "--partition-by",
      paramLabel = "COLUMN",
      description =
          "A carried column of a manifest, text, by whose values the table lies in folders"
              + " COLUMN=value; of few values, since each has a file at least.")
  private @Nullable String partitionBy;

  @Range(from = 1)
  @Option(
      names = "--file-size",
      paramLabel = "SIZE",
      converter = Size.class,
      description = "Size of the table's files, about (default: 256m).")
  private long fileBytes = 256 << 20;

  @Option(
      names = "--codec",
      paramLabel = "zstd|snappy|gzip|none",
      defaultValue = "zstd",
      description = "Compression of the table (default: ${DEFAULT-VALUE}).")
  private Compression compression = Compression.ZSTD;

  @Heading("Going on")
  @Option(
      names = "--resume",
      description =
          "Go on with what a killed run left at --output, or add new images to a table; refused if"
              + " model, protocol, thresholds or the like differ.")
  private boolean resume;

  @Option(names = "--retry-failed", description = "As --resume, and do failed images again too.")
  private boolean retryFailed;

  @Option(
      names = "--changed",
      paramLabel = "detect|keep|refuse",
      defaultValue = "detect",
      description =
          "With --resume, what becomes of files whose length, etag or time of writing is not what"
              + " it was: detect does them again, archives with all their members, keep leaves"
              + " their rows, refuse ends the run (default: ${DEFAULT-VALUE}).")
  private ChangedImages changed = ChangedImages.DETECT;

  @Option(
      names = "--update",
      paramLabel = "TABLE",
      description =
          "Make the table at --output from this one, of the same input and settings: rows of images"
              + " that are as they were are taken over, new and changed images and those that"
              + " failed are detected, and rows of images that are gone from the input are left out"
              + " (all are counted in _run.json). Details of faces that TABLE lacks (--mesh-model,"
              + " --details) are added: the boxes stay, and only photos with faces are read again."
              + " TABLE itself is not changed. A killed update goes on with --resume.")
  private @Nullable String update;

  @Range(from = 1)
  @Option(
      names = "--checkpoint-images",
      paramLabel = "N",
      description =
          "Images of a chunk; a crash loses the two chunks under way (default: 1,000 a core).")
  private @Nullable Integer checkpointImages;

  @Range(from = 10)
  @Option(
      names = "--lock-expiry",
      paramLabel = "SECONDS",
      description =
          "Without a sign of life for so long, another run at --output counts as dead (default:"
              + " ${DEFAULT-VALUE}).")
  private long lockExpiry = RunLock.DEFAULT_EXPIRY.toSeconds();

  /** As if {@code --output} and {@code --resume} were given, for a run within another command. */
  static TableOptions resuming(String output) {
    TableOptions options = new TableOptions();
    options.output = output;
    options.resume = true;
    return options;
  }

  /** A folder, on any file system of Hadoop. */
  String output() {
    return output;
  }

  /**
   * What may become of what stands there.
   *
   * @throws UsageException if the options contradict each other
   */
  TablePolicy policy() {
    if (overwrite && (resume || retryFailed)) {
      throw new UsageException(
          "--overwrite begins again and --resume goes on: nothing was done. Give one of them");
    }
    if (overwrite) {
      return TablePolicy.OVERWRITE;
    }
    if (retryFailed) {
      return TablePolicy.RETRY_FAILED;
    }
    return resume ? TablePolicy.RESUME : TablePolicy.CREATE;
  }

  /**
   * The table that the new one is made from, if there is one.
   *
   * @throws UsageException if it contradicts other options
   */
  Optional<String> updated() {
    if (update != null && changed != ChangedImages.DETECT) {
      throw new UsageException(
          ("--update detects changed images again, but --changed is %s: nothing was done. Leave"
                  + " --changed out, or go on in place with --resume --changed %1$s")
              .formatted(changed.name().toLowerCase(Locale.ROOT)));
    }
    return Optional.ofNullable(update);
  }

  /** What becomes of files that were written anew since they were done. */
  ChangedImages changed() {
    return changed;
  }

  /** What a row is. */
  TableLayout layout() {
    return layout;
  }

  /** Compression of the Parquet pages. */
  Compression compression() {
    return compression;
  }

  /** How the table is cut into files. */
  TableFiles files() {
    return new TableFiles(
        fileBytes, compression, Optional.ofNullable(partitionBy).map(PartitionColumn::new));
  }

  /**
   * Checks that the table can lie in folders by the column of {@code --partition-by}, if given.
   *
   * @throws UsageException if the listing doesn't carry it, or it has values that name no folder
   */
  void requirePartitions(ImageListing listing) {
    files().partition().ifPresent(column -> requirePartition(column, listing));
  }

  private static void requirePartition(PartitionColumn column, ImageListing listing) {
    try {
      column.requireIn(listing.carried());
      column.requireFolders(listing.values(column.name()));
    } catch (IllegalArgumentException unfit) {
      throw new UsageException(unfit.getMessage(), unfit);
    }
  }

  /** Images whose work a crash loses, about, on so many cores. */
  int checkpointImages(int cores) {
    return checkpointImages == null ? CHECKPOINT_IMAGES_A_CORE * cores : checkpointImages;
  }

  /** Without a sign of life for so long, another run counts as dead. */
  Duration lockExpiry() {
    return Duration.ofSeconds(lockExpiry);
  }
}
