package org.retinaspark.job.export;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.retinaspark.io.WritePolicy;
import org.retinaspark.io.detections.DetectionCounts;
import org.retinaspark.io.detections.DetectionException;
import org.retinaspark.io.wider.BoxNumbers;
import org.retinaspark.job.ExitStatus;
import org.retinaspark.job.SparkSessions;
import org.retinaspark.job.UsageException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code export} on the command line. */
@Command(
    name = "export",
    description = {"Writes a table's detections as WIDER FACE files or COCO results.", ""},
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class ExportCommand implements Callable<Integer> {

  @Option(
      names = "--detections",
      required = true,
      paramLabel = "URI",
      description = "The table that 'detect' wrote.")
  private String detections = "";

  @Option(
      names = "--format",
      required = true,
      paramLabel = "widerface|coco",
      description = "A folder of <event>/<image>.txt, or one JSON file of COCO results.")
  private String format = "";

  @Option(
      names = "--output",
      required = true,
      paramLabel = "URI",
      description = {
        "The folder (widerface) or file (coco) to write. Beside the latter, *.images.json has the",
        "images with their ids, for COCO(...), which takes the results by loadRes(...)."
      })
  private String output = "";

  @Option(
      names = "--image-ids",
      paramLabel = "order|number|URI",
      defaultValue = ExportConfig.IN_ORDER,
      description = {
        "COCO's ids of images: from 1 in the order of their keys, the number in the file's name,",
        "or those of a COCO file with the same images, by file_name (default: order)."
      })
  private String imageIds = ExportConfig.IN_ORDER;

  @Option(
      names = "--integer",
      description = "Cut the corners of boxes to whole pixels, for tools that read only those.")
  private boolean integer;

  @Option(names = "--overwrite", description = "Write over what stands at --output.")
  private boolean overwrite;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    ExportConfig config = config();
    CommandSpec command = Objects.requireNonNull(spec, "picocli sets the spec");
    SparkSession spark = SparkSessions.open("retinaspark export " + detections);
    try {
      ExportResult result = new ExportAction(spark, config).execute();
      DetectionCounts counts = result.counts();
      command
          .commandLine()
          .getOut()
          .println(
              String.format(
                  Locale.ROOT,
                  "exported %,d images (%,d failed, without detections) and %,d detections to %s",
                  counts.images(),
                  counts.failed(),
                  counts.detections(),
                  output));
      if (result.omitted() > 0) {
        command
            .commandLine()
            .getErr()
            .println(
                String.format(
                    Locale.ROOT,
                    "retinaspark: %,d of them are not among the images of %s and were left out",
                    result.omitted(),
                    imageIds));
      }
      return ExitStatus.DONE;
    } catch (FileNotFoundException missing) {
      throw new UsageException(
          "%s; nothing was exported, check the path".formatted(missing.getMessage()), missing);
    } catch (DetectionException wrong) {
      command.commandLine().getErr().println("retinaspark: " + wrong.getMessage());
      return ExitStatus.DATA;
    }
  }

  private ExportConfig config() {
    ExportFormat chosen =
        switch (format.toLowerCase(Locale.ROOT)) {
          case "widerface" -> ExportFormat.WIDERFACE;
          case "coco" -> ExportFormat.COCO;
          default ->
              throw new UsageException(
                  "--format '%s' is unknown; it may be widerface or coco".formatted(format));
        };
    try {
      return new ExportConfig(
          detections,
          chosen,
          output,
          integer ? BoxNumbers.INTEGER : BoxNumbers.FLOAT,
          imageIds,
          overwrite ? WritePolicy.OVERWRITE : WritePolicy.CREATE);
    } catch (IllegalArgumentException wrong) {
      throw new UsageException(wrong.getMessage(), wrong);
    }
  }
}
