package org.retinaspark.job.detect;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.retinaspark.job.ExitStatus;
import org.retinaspark.job.Interruption;
import org.retinaspark.job.Size;
import org.retinaspark.job.SparkSessions;
import org.retinaspark.job.update.UpdateCounts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code detect} on the command line. */
@Command(
    name = "detect",
    description = "Finds the faces of all images, and writes a table with one row an image.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    customSynopsis = "retinaspark detect --input URI... --output URI [--model URI] [OPTIONS]",
    footer = {
      "",
      Size.UNITS,
      "",
      "For figures of WIDER FACE keep the thresholds' defaults and give --orientation ignore: its"
          + " ground truth is in the frame of the stored pixels.",
      "",
      "Examples:",
      "  bin/retinaspark detect --input photos --output faces --model m.onnx",
      "  bin/retinaspark detect --input photos --output faces --mesh-model mediapipe-face-mesh",
      "  bin/retinaspark detect --input photos --output meshes --update faces \\",
      "      --mesh-model mediapipe-face-mesh",
      "  bin/retinaspark detect --input s3a://bucket/photos \\",
      "      --output s3a://bucket/faces --model s3a://bucket/m.onnx --resume",
      "  spark-submit --master yarn --deploy-mode cluster --files m.onnx \\",
      "      --class org.retinaspark.job.Main retinaspark.jar detect \\",
      "      --input hdfs:///photos --output hdfs:///faces --model m.onnx",
      "Clusters, and what s3a: needs there: README.md, docs/cluster.md."
    })
public final class DetectCommand implements Callable<Integer> {

  @Mixin private DetectConfig config = new DetectConfig();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    config.requireValid();
    config.invokedBy(spec.root().commandLine().getParseResult().originalArgs());
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    SparkSession spark =
        SparkSessions.open(
            "retinaspark detect " + String.join(" ", config.source().inputs().locations()));
    try (Interruption watch =
        Interruption.watch(err, config.invocation().wayOn(config.table().output()))) {
      DetectResult result = new DetectAction(spark, config, err).execute();
      report(result, out);
      return status(result);
    } catch (TooManyFailuresException failures) {
      err.println("retinaspark: " + failures.getMessage());
      return ExitStatus.DATA;
    }
  }

  private int status(DetectResult result) {
    PrintWriter err = spec.commandLine().getErr();
    int status = ExitStatus.DONE;
    if (result.failureRate() > config.maximumFailureRate()) {
      err.printf(
          Locale.ROOT,
          "retinaspark: %.2f%% of the images failed, more than the %.2f%% of --max-failure-rate;"
              + " the table is whole, its column 'error' says why%n",
          100 * result.failureRate(),
          100 * config.maximumFailureRate());
      status = ExitStatus.DATA;
    }
    if (result.internalFailures() > 0) {
      err.printf(
          Locale.ROOT,
          "retinaspark: %,d images failed by a fault of ours, not of theirs (code 'internal'); the"
              + " table is whole, its column 'error' says what. Do them again with --retry-failed,"
              + " and report what stays%n",
          result.internalFailures());
      status = ExitStatus.FAULT;
    }
    return status;
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
    UpdateCounts update = work.update();
    if (update != null) {
      out.printf(
          Locale.ROOT,
          "  %,d rows taken over, %,d given new details; detected: %,d new, %,d changed, %,d that"
              + " had failed; %,d gone from the input and left out%n",
          update.carried(),
          update.detailed(),
          update.added(),
          update.changed(),
          update.failed(),
          update.gone());
    } else if (work.unitsBefore() > 0) {
      out.printf(
          Locale.ROOT,
          "  %,d of them done before, %,d now; %,d files or rows are not in the input any more%n",
          result.images() - work.imagesNow(),
          work.imagesNow(),
          work.unitsVanished());
    }
    for (Map.Entry<String, Long> failure : new TreeMap<>(result.failures()).entrySet()) {
      out.printf(Locale.ROOT, "  failed %s: %,d%n", failure.getKey(), failure.getValue());
    }
    out.println("table: " + result.output());
  }
}
