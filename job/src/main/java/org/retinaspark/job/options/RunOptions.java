package org.retinaspark.job.options;

import org.retinaspark.job.Heading;
import org.retinaspark.job.progress.ProgressStyle;
import picocli.CommandLine.Option;

/** The options of a command that looks at images, of how that is judged and told. */
public final class RunOptions {

  @Heading("The run")
  @Range(from = 0, to = 1)
  @Option(
      names = "--max-failure-rate",
      paramLabel = "X",
      description =
          "Share of failed images above which nothing is published, what is there stays, and the"
              + " exit status is 3 (default: 1, never).")
  private double maximumFailureRate = 1;

  @Option(
      names = "--progress",
      paramLabel = "auto|terminal|log|none",
      defaultValue = "auto",
      description = "How the run tells how far it is (default: ${DEFAULT-VALUE}).")
  private ProgressStyle progress = ProgressStyle.AUTO;

  /** Of a part of another command, which judges failed images itself. */
  public static RunOptions tolerant(ProgressStyle progress) {
    RunOptions options = new RunOptions();
    options.progress = progress;
    return options;
  }

  /** Share of failed images, from 0 to 1, above which the run has failed. */
  public double maximumFailureRate() {
    return maximumFailureRate;
  }

  /** How the run tells how far it is. */
  public ProgressStyle progress() {
    return progress;
  }
}
