package org.retinaspark.io.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.retinaspark.io.LocalSpark;

/**
 * Lists and plans a million files: {@code ListingBenchmark FOLDER [FILES]}. Makes the files first
 * if the folder is absent, a thousand a folder and each one byte, and tells times and the heap that
 * is in use when all is planned. To be run with {@code -Xmx1g}.
 */
public final class ListingBenchmark {

  private static final int FILES_A_FOLDER = 1000;

  private ListingBenchmark() {}

  /** Runs it. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    int files = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1_000_000;
    if (!Files.exists(folder)) {
      make(folder, files);
    }
    LocalSpark.session();
    long started = System.nanoTime();
    ImageListing listing = Listings.of(SourceFormat.AUTO, folder);
    long listed = System.nanoTime();
    PartitionPlan plan = PartitionPlan.of(listing.files(), 1 << 26, 8);
    long planned = System.nanoTime();
    long slowest = plan.tasks().stream().mapToLong(ListingBenchmark::cost).max().orElse(0);
    double mean = cost(listing.files()) / (double) plan.tasks().size();
    System.gc();
    Runtime machine = Runtime.getRuntime();
    System.out.printf(
        "%,d files listed in %.1f s, planned in %.2f s as %,d tasks, the slowest %.3f of the mean;"
            + " heap in use %,d MB of %,d%n",
        listing.files().size(),
        (listed - started) / 1e9,
        (planned - listed) / 1e9,
        plan.tasks().size(),
        slowest / mean,
        (machine.totalMemory() - machine.freeMemory()) >> 20,
        machine.maxMemory() >> 20);
  }

  private static long cost(List<ImageFile> files) {
    return files.stream().mapToLong(PartitionPlan::cost).sum();
  }

  private static void make(Path folder, int files) throws IOException {
    for (int index = 0; index < files; index++) {
      Path below = folder.resolve("folder-%04d".formatted(index / FILES_A_FOLDER));
      if (index % FILES_A_FOLDER == 0) {
        Files.createDirectories(below);
      }
      Files.write(below.resolve("image-%07d.jpg".formatted(index)), new byte[] {1});
    }
  }
}
