package org.retinaspark.job.leaderboard;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.retinaspark.io.Destination;
import org.retinaspark.io.LocalDisk;
import org.retinaspark.io.WholeFile;
import org.retinaspark.io.table.TablePolicy;
import org.retinaspark.job.UsageException;

/**
 * Where a leaderboard lies: {@code leaderboard.md} and {@code leaderboard.json}, the table of each
 * cell in {@code tables/MODEL/PROTOCOL}, and models that had to be opened in {@code models}.
 */
final class LeaderboardFolder {

  private static final String PAGE = "leaderboard.md";
  private static final String NUMBERS = "leaderboard.json";

  private final Path folder;
  private final Configuration hadoop;
  private final FileSystem files;

  LeaderboardFolder(String output, Configuration hadoop) throws IOException {
    this.folder = new Path(output);
    this.hadoop = hadoop;
    this.files = LocalDisk.orOther(folder.getFileSystem(hadoop), hadoop);
  }

  /**
   * Checks before any work that a leaderboard may be written.
   *
   * @throws UsageException if something stands there
   * @throws org.retinaspark.io.UnusableLocationException if it is what is read, or can't be written
   */
  void requireWritable(LeaderboardConfig config) throws IOException {
    Destination destination = new Destination(folder.toString(), hadoop);
    config.inputs().forEach(destination::requireNot);
    destination.requireNot(config.groundTruth());
    destination.tryWriting(folder);
    if (!files.exists(folder) || files.listStatus(folder).length == 0) {
      return;
    }
    if (!files.exists(new Path(folder, NUMBERS))) {
      throw new UsageException(
          "output '%s' isn't empty and has no %s, so it is no leaderboard: nothing was done. Choose another --output"
              .formatted(folder, NUMBERS));
    }
    if (config.policy() == TablePolicy.CREATE) {
      throw new UsageException(
          "output '%s' holds a leaderboard already: nothing was done. Go on with it with --resume, which keeps the cells that are done, begin again with --overwrite, or choose another --output"
              .formatted(folder));
    }
  }

  /** The table of a cell, below this folder. */
  static String table(Entrant entrant, String protocol) {
    return "tables/%s/%s".formatted(entrant.folder(), protocol.replaceAll("[^\\w.-]+", "-"));
  }

  /** Where something of this folder is. */
  String location(String below) {
    return new Path(folder, below).toString();
  }

  /** A model that was opened. */
  Path model(String name) {
    return new Path(new Path(folder, "models"), name + ".onnx");
  }

  /** The page for people. */
  Path page() {
    return new Path(folder, PAGE);
  }

  /** Writes both, each in place of an older one. */
  void write(String page, byte[] numbers) {
    new WholeFile(new Path(folder, NUMBERS), hadoop).write(out -> out.write(numbers));
    new WholeFile(page(), hadoop).write(out -> out.write(page.getBytes(StandardCharsets.UTF_8)));
  }
}
