package org.retinaspark.job.export;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.retinaspark.io.WritePolicy;
import org.retinaspark.io.catalog.CatalogPolicy;
import org.retinaspark.io.detections.DetectionCounts;
import org.retinaspark.io.detections.DetectionException;
import org.retinaspark.io.wider.BoxNumbers;
import org.retinaspark.job.ExitStatus;
import org.retinaspark.job.SparkSessions;
import org.retinaspark.job.UsageException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code export} on the command line. */
@Command(
    name = "export",
    description = {
      "Writes a table's detections as WIDER FACE files or COCO results, or the table into a catalog.",
      ""
    },
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
      paramLabel = "widerface|coco|NAME",
      description = {
        "A folder of <event>/<image>.txt, or one JSON file of COCO results. With --output-table what",
        "the catalog is to make, as iceberg or delta, if it isn't what it makes by itself."
      })
  private @Nullable String format;

  @Option(
      names = "--output",
      paramLabel = "URI",
      description = {
        "The folder (widerface) or file (coco) to write. Beside the latter, *.images.json has the",
        "images with their ids, for COCO(...), which takes the results by loadRes(...)."
      })
  private @Nullable String output;

  @Option(
      names = "--output-table",
      paramLabel = "CATALOG.DATABASE.TABLE",
      description = {
        "Instead of --output: the table of a catalog (Iceberg, Delta, ...) to copy all rows to, in one",
        "commit. The catalog is the user's, by --packages and --conf: docs/interoperation.md."
      })
  private @Nullable String outputTable;

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

  @Option(
      names = "--overwrite",
      description = "Write over what stands at --output, or replace the --output-table.")
  private boolean overwrite;

  @Option(
      names = "--append",
      description = {
        "Add the rows to an --output-table that has the same columns, model and protocol, and none of",
        "the images."
      })
  private boolean append;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    return outputTable == null ? toFiles() : toCatalog(outputTable);
  }

  private int toCatalog(String table) {
    CatalogConfig config = catalogConfig(table);
    SparkSession spark = SparkSessions.open("retinaspark export " + detections);
    long rows = new CatalogAction(spark, config).execute();
    command()
        .getOut()
        .println(String.format(Locale.ROOT, "wrote %,d rows to the table %s", rows, table));
    return ExitStatus.DONE;
  }

  private int toFiles() throws IOException {
    ExportConfig config = config();
    SparkSession spark = SparkSessions.open("retinaspark export " + detections);
    try {
      ExportResult result = new ExportAction(spark, config).execute();
      DetectionCounts counts = result.counts();
      command()
          .getOut()
          .println(
              String.format(
                  Locale.ROOT,
                  "exported %,d images (%,d failed, without detections) and %,d detections to %s",
                  counts.images(),
                  counts.failed(),
                  counts.detections(),
                  config.output()));
      if (result.omitted() > 0) {
        command()
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
      command().getErr().println("retinaspark: " + wrong.getMessage());
      return ExitStatus.DATA;
    }
  }

  private CommandLine command() {
    return Objects.requireNonNull(spec, "picocli sets the spec").commandLine();
  }

  private CatalogConfig catalogConfig(String table) {
    if (output != null || integer || !imageIds.equals(ExportConfig.IN_ORDER)) {
      throw new UsageException(
          ("--output-table '%s' is written by a catalog: nothing was exported. Leave out --output,"
                  + " --integer and --image-ids, which are about files")
              .formatted(table));
    }
    if (overwrite && append) {
      throw new UsageException(
          "--overwrite replaces the table '%s' and --append adds to it: nothing was exported. Give one"
              .formatted(table));
    }
    CatalogPolicy policy =
        append ? CatalogPolicy.APPEND : overwrite ? CatalogPolicy.REPLACE : CatalogPolicy.CREATE;
    try {
      return new CatalogConfig(detections, table, Optional.ofNullable(format), policy);
    } catch (IllegalArgumentException wrong) {
      throw new UsageException(wrong.getMessage(), wrong);
    }
  }

  private ExportConfig config() {
    if (format == null || output == null || append) {
      throw new UsageException(
          "nothing was exported: give --format and --output for files, or --output-table for a table of"
              + " a catalog, which alone takes --append");
    }
    ExportFormat chosen =
        switch (format.toLowerCase(Locale.ROOT)) {
          case "widerface" -> ExportFormat.WIDERFACE;
          case "coco" -> ExportFormat.COCO;
          default ->
              throw new UsageException(
                  "--format '%s' is unknown; it may be widerface or coco, and others with --output-table"
                      .formatted(format));
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
