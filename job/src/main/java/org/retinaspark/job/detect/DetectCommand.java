package org.retinaspark.job.detect;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.retinaspark.job.ExitStatus;
import org.retinaspark.job.SparkSessions;
import org.retinaspark.job.UsageException;
import org.retinaspark.job.progress.ProgressStyle;
import org.retinaspark.udf.detect.Protocol;
import org.retinaspark.udf.detect.Thresholds;
import org.retinaspark.udf.image.DecodeSettings;
import org.retinaspark.udf.image.Orientation;
import org.retinaspark.udf.pipeline.PipelineSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code detect} on the command line. */
@Command(
    name = "detect",
    description = {"Finds the faces of all images, and writes a table with one row an image.", ""},
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "For figures of WIDER FACE keep the thresholds' defaults and give --orientation ignore:",
      "its ground truth is in the frame of the stored pixels.",
      "",
      "Example:",
      "  retinaspark detect --input photos --output faces --model retinaface.onnx"
    })
public final class DetectCommand implements Callable<Integer> {

  @Mixin private SourceOptions source = new SourceOptions();

  @Mixin private TableOptions table = new TableOptions();

  @Mixin private NetworkOptions network = new NetworkOptions();

  @Option(
      names = "--protocol",
      paramLabel = "original|vga",
      defaultValue = "original",
      description =
          "How an image becomes network input: original (scale 1) or vga (long side 640)"
              + " (default: original).")
  private Protocol protocol = Protocol.ORIGINAL;

  @Option(
      names = "--score-threshold",
      paramLabel = "X",
      defaultValue = "0.02",
      description = "A face needs a score above it, 0 to below 1 (default: 0.02, for benchmarks).")
  private float scoreThreshold;

  @Option(
      names = "--nms-threshold",
      paramLabel = "X",
      defaultValue = "0.4",
      description = "IoU above which the lesser of two boxes is dropped (default: 0.4).")
  private float overlapThreshold;

  @Option(
      names = "--top-k",
      paramLabel = "N",
      defaultValue = "5000",
      description = "Candidates that enter the suppression (default: 5000).")
  private int candidates;

  @Option(
      names = "--max-faces",
      paramLabel = "N",
      defaultValue = "750",
      description = "Faces an image, at most (default: 750).")
  private int faces;

  @Option(
      names = "--min-face",
      paramLabel = "PIXELS",
      defaultValue = "0",
      description = "Shorter side that a face must have in the image (default: 0, any).")
  private float minimumFace;

  @Option(
      names = "--split",
      paramLabel = "NAME",
      description = "What the table's column 'split' says.")
  private @Nullable String split;

  @Option(
      names = "--orientation",
      paramLabel = "apply|ignore",
      defaultValue = "apply",
      description = "What becomes of the EXIF orientation (default: apply).")
  private Orientation orientation = Orientation.APPLY;

  @Option(
      names = "--max-pixels",
      paramLabel = "N",
      defaultValue = "" + DecodeSettings.DEFAULT_MAX_PIXELS,
      description = "A larger image fails, before it is decoded (default: 50 million).")
  private long maximumPixels;

  @Option(
      names = "--max-bytes",
      paramLabel = "N",
      defaultValue = "134217728",
      description = "A larger file fails, before it is read (default: 128 MiB).")
  private long maximumBytes;

  @Option(
      names = "--max-failure-rate",
      paramLabel = "X",
      defaultValue = "1",
      description = "Share of failed images above which the exit status is 3 (default: 1, never).")
  private double maximumFailureRate;

  @Option(
      names = "--partition-size",
      paramLabel = "BYTES",
      defaultValue = "67108864",
      description = "What one task reads, about (default: 64 MiB).")
  private long taskBytes;

  @Option(
      names = "--readers",
      paramLabel = "N",
      defaultValue = "8",
      description = "Files that a task reads at once (default: 8).")
  private int readers;

  @Option(
      names = "--read-ahead",
      paramLabel = "BYTES",
      defaultValue = "33554432",
      description = "Files read and not yet decoded that a task holds (default: 32 MiB).")
  private long readAhead;

  @Option(
      names = "--image-timeout",
      paramLabel = "SECONDS",
      defaultValue = "120",
      description = "How long reading, and decoding, an image may take (default: 120).")
  private long imageTimeout;

  @Option(
      names = "--retry-time",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description =
          "How long a read is tried again that fails for a passing reason; missing and forbidden"
              + " files fail at once (default: 60).")
  private long retrySeconds;

  @Option(
      names = "--progress",
      paramLabel = "auto|terminal|log|none",
      defaultValue = "auto",
      description = "How the run tells how far it is (default: auto).")
  private ProgressStyle progress = ProgressStyle.AUTO;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    DetectConfig config = config();
    PrintWriter out = spec.commandLine().getOut();
    SparkSession spark =
        SparkSessions.open("retinaspark detect " + String.join(" ", source.inputs().locations()));
    DetectResult result = new DetectAction(spark, config, spec.commandLine().getErr()).execute();
    report(result, out);
    return status(result, config.maximumFailureRate());
  }

  private DetectConfig config() {
    try {
      return new DetectConfig(
          new DetectConfig.Source(
              source.inputs(),
              split,
              new DecodeSettings(orientation, maximumPixels),
              maximumBytes,
              taskBytes,
              Duration.ofSeconds(retrySeconds),
              new PipelineSettings(readers, readAhead, Duration.ofSeconds(imageTimeout))),
          table.table(),
          network.network(),
          protocol,
          new Thresholds(scoreThreshold, overlapThreshold, candidates, faces, minimumFace),
          maximumFailureRate,
          progress);
    } catch (IllegalArgumentException wrong) {
      throw new UsageException(wrong.getMessage() + ": nothing was done", wrong);
    }
  }

  private int status(DetectResult result, double maximumFailureRate) {
    if (result.failureRate() <= maximumFailureRate) {
      return ExitStatus.DONE;
    }
    spec.commandLine()
        .getErr()
        .printf(
            Locale.ROOT,
            "retinaspark: %.2f%% of the images failed, more than the %.2f%% of --max-failure-rate;"
                + " the table is whole, its column 'error' says why%n",
            100 * result.failureRate(),
            100 * maximumFailureRate);
    return ExitStatus.DATA;
  }

  private static void report(DetectResult result, PrintWriter out) {
    DetectResult.Work work = result.work();
    if (work.unitsNow() == 0) {
      out.println("nothing was left to do");
    }
    out.printf(
        Locale.ROOT,
        "%,d images, %,d failed, %,d faces in %.1f s (%.1f images/s on %s)%n",
        result.images(),
        result.failed(),
        result.faces(),
        result.seconds(),
        result.imagesPerSecond(),
        result.provider());
    if (work.unitsBefore() > 0) {
      out.printf(
          Locale.ROOT,
          "  %,d of them done before, %,d now; %,d are not in the input any more%n",
          work.unitsBefore(),
          work.unitsNow(),
          work.unitsVanished());
    }
    for (Map.Entry<String, Long> failure : new TreeMap<>(result.failures()).entrySet()) {
      out.printf(Locale.ROOT, "  failed %s: %,d%n", failure.getKey(), failure.getValue());
    }
    out.println("table: " + result.output());
  }
}
