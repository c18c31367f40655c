package org.retinaspark.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Plans a run as the job does and lets clocks run instead of cores; {@code deploy/bench/sizing}
 * starts it.
 */
public final class PlanMain {

  private PlanMain() {}

  /**
   * Takes {@code LISTING IMAGES CORES}: a file with a line {@code BYTES,SECONDS} for each image, of
   * which so many are drawn, or all in their order if IMAGES is 0. Prints a line of JSON.
   */
  public static void main(String[] arguments) throws IOException {
    SyntheticImages images = listing(Path.of(arguments[0]), Long.parseLong(arguments[1]));
    int cores = Integer.parseInt(arguments[2]);
    PlannedRun.Outcome outcome = PlannedRun.of(images, cores);
    System.out.printf(
        Locale.ROOT,
        "{\"images\": %d, \"bytes\": %d, \"chunks\": %d, \"tasks\": %d, \"longestTask\": %.3f,"
            + " \"work\": %.3f, \"seconds\": %.3f}%n",
        images.count(),
        outcome.bytes(),
        outcome.chunks(),
        outcome.tasks(),
        outcome.longestTask(),
        outcome.work(),
        outcome.seconds());
  }

  private static SyntheticImages listing(Path file, long images) throws IOException {
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      double[][] columns =
          lines
              .lines()
              .map(line -> line.split(","))
              .map(cells -> new double[] {Long.parseLong(cells[0]), Double.parseDouble(cells[1])})
              .toArray(double[][]::new);
      return new SyntheticImages(columns, images);
    }
  }
}
