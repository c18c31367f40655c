package org.retinaspark.job.detect;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Configurations for tests: the defaults of the command line, but for what a test is about. */
final class DetectConfigs {

  private DetectConfigs() {}

  /** On the CPU, without a progress line; {@code more} are arguments as on the command line. */
  static DetectConfig of(Path input, Path output, Path model, String... more) {
    return of(input, output.toString(), model, more);
  }

  static DetectConfig of(Path input, String output, Path model, String... more) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("--input", input.toString(), "--output", output));
    arguments.addAll(List.of("--model", model.toString(), "--provider", "cpu"));
    arguments.addAll(List.of("--retry-time", "0", "--progress", "none"));
    arguments.addAll(List.of(more));
    return DetectConfig.of(arguments.toArray(String[]::new));
  }
}
