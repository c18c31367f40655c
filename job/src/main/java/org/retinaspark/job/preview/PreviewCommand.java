package org.retinaspark.job.preview;

import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.retinaspark.io.WritePolicy;
import org.retinaspark.job.ExitStatus;
import org.retinaspark.job.SparkSessions;
import org.retinaspark.job.UsageException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code preview} on the command line. */
@Command(
    name = "preview",
    description = {"Writes a page with photos and the faces that a table has for them.", ""},
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class PreviewCommand implements Callable<Integer> {

  @Option(
      names = "--detections",
      required = true,
      paramLabel = "URI",
      description = "The table that 'detect' wrote.")
  private String detections = "";

  @Option(
      names = "--input",
      paramLabel = "URI",
      description = "The folder of the photos (default: where 'detect' read them).")
  private @Nullable String input;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "DIR",
      description = "The folder for index.html.")
  private String output = "";

  @Option(names = "--overwrite", description = "Replace an index.html that stands there.")
  private boolean overwrite;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "100",
      description = "Images to show, the first by name (default: 100).")
  private int limit;

  @Option(
      names = "--min-score",
      paramLabel = "X",
      defaultValue = "0.5",
      description = "Draw the faces of this score and more (default: 0.5).")
  private float minimumScore;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    PreviewConfig config = config();
    SparkSession spark = SparkSessions.open("retinaspark preview " + detections);
    PreviewResult result = new PreviewAction(spark, config).execute();
    for (String warning : result.warnings()) {
      spec.commandLine().getErr().println("retinaspark: warning: " + warning);
    }
    spec.commandLine().getOut().println("page: " + result.page());
    return ExitStatus.DONE;
  }

  private PreviewConfig config() {
    try {
      return new PreviewConfig(
          detections,
          input,
          output,
          overwrite ? WritePolicy.OVERWRITE : WritePolicy.CREATE,
          limit,
          minimumScore);
    } catch (IllegalArgumentException wrong) {
      throw new UsageException(wrong.getMessage() + ": nothing was done", wrong);
    }
  }
}
