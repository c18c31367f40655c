package org.retinaspark.job.train;

import org.jspecify.annotations.Nullable;
import org.retinaspark.io.WritePolicy;
import org.retinaspark.job.Heading;
import picocli.CommandLine.Option;

/** The options of {@code train} that say where its files go. */
final class OutputOptions {

  @Heading("Output")
  @Option(
      names = "--output",
      required = true,
      paramLabel = "URI",
      description =
          "The ONNX file with the fitted heads, for 'detect --model'; it must not exist, or see"
              + " --overwrite.")
  private String output = "";

  @Option(
      names = "--report",
      paramLabel = "URI",
      description =
          "The folder for a page with the curves of the losses and all counts, and for _run.json,"
              + " by which the file can be made again (default: OUTPUT.report).")
  private @Nullable String report;

  @Option(names = "--overwrite", description = "Replace the file and the report if they exist.")
  private boolean overwrite;

  @Option(
      names = "--samples",
      paramLabel = "URI",
      description =
          "The folder for the samples, which is kept: another fit with the same labels, model and"
              + " views uses it in place of the photos (default: OUTPUT.samples, deleted once the"
              + " file is written). What a killed run left there is gone on with.")
  private @Nullable String samples;

  String output() {
    return output;
  }

  WritePolicy policy() {
    return overwrite ? WritePolicy.OVERWRITE : WritePolicy.CREATE;
  }

  String report() {
    return report == null ? output + ".report" : report;
  }

  /** The folder of samples. */
  String samples() {
    return samples == null ? output + ".samples" : samples;
  }

  /** Whether the samples outlive the run. */
  boolean keepsSamples() {
    return samples != null;
  }
}
