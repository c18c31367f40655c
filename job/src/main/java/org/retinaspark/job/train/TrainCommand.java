package org.retinaspark.job.train;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.retinaspark.job.ExitStatus;
import org.retinaspark.job.Interruption;
import org.retinaspark.job.Size;
import org.retinaspark.job.SparkSessions;
import org.retinaspark.job.train.fit.UnfittableException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code train} on the command line. */
@Command(
    name = "train",
    description =
        "Fits the heads of a detector to labelled photos, on its frozen features, and writes the"
            + " detector with these heads, for 'detect --model'.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    customSynopsis =
        "retinaspark train --input URI... --labels URI --output URI [--model URI] [OPTIONS]",
    footer = {
      "",
      Size.UNITS,
      "",
      "Begun again after it was killed, the same command goes on. Photos of WIDER FACE's validation"
          + " set are held out always.",
      "",
      "Examples:",
      "  bin/retinaspark train --input photos --labels label.txt --heads class,box,landmarks \\",
      "      --output fitted.onnx",
      "  bin/retinaspark detect --input photos --output meshes --mesh-model mediapipe-face-mesh",
      "  bin/retinaspark train --input photos --labels meshes --heads mesh --output mesh.onnx",
      "What each option does, and what it gains: docs/training.md."
    })
public final class TrainCommand implements Callable<Integer> {

  @Mixin private TrainConfig config = new TrainConfig();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    config.requireValid();
    config.invokedBy(spec.root().commandLine().getParseResult().originalArgs());
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    SparkSession spark = SparkSessions.open("retinaspark train " + config.output().output());
    try (Interruption watch = Interruption.watch(err, wayOn())) {
      new TrainAction(spark, config, err).execute().lines().forEach(out::println);
      return ExitStatus.DONE;
    } catch (UnusablePhotosException | UnfittableException unusable) {
      err.println("retinaspark: " + unusable.getMessage());
      return ExitStatus.DATA;
    }
  }

  private String wayOn() {
    return "The samples that were taken stay at %s: the same command goes on with them"
        .formatted(config.output().samples());
  }
}
