package org.retinaspark.job.demo;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.retinaspark.io.LocalDisk;
import org.retinaspark.io.WritePolicy;
import org.retinaspark.io.facetable.ImageFrame;
import org.retinaspark.io.facetable.ImageRecord;
import org.retinaspark.job.ExitStatus;
import org.retinaspark.job.SparkSessions;
import org.retinaspark.job.detect.DetectAction;
import org.retinaspark.job.detect.DetectConfig;
import org.retinaspark.job.detect.DetectResult;
import org.retinaspark.job.preview.PreviewAction;
import org.retinaspark.job.preview.PreviewConfig;
import org.retinaspark.job.preview.PreviewResult;
import org.retinaspark.udf.catalogue.KnownModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code demo} on the command line: finds the faces of the fetched photos with the fetched model,
 * and shows them. The launcher fetches both.
 */
@Command(
    name = "demo",
    description = {
      "Finds the faces in six photos: detect, preview, a short table.",
      "bin/retinaspark fetches model and photos, and gives --photos.",
      ""
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class DemoCommand implements Callable<Integer> {

  /** What the demo counts as a face; the table keeps those of lower score too. */
  private static final float SHOWN_SCORE = 0.5f;

  @Option(
      names = "--model",
      paramLabel = "URI|NAME",
      defaultValue = KnownModel.DEFAULT,
      description = "As that of 'detect' (default: ${DEFAULT-VALUE}).")
  private String model = KnownModel.DEFAULT;

  @Option(names = "--photos", required = true, paramLabel = "DIR", description = "The photos.")
  private Path photos = Path.of("");

  @Option(
      names = "--output",
      paramLabel = "DIR",
      defaultValue = "retinaspark-demo",
      description =
          "Folder for table and page; an earlier demo's are replaced (default:"
              + " retinaspark-demo).")
  private Path output = Path.of("");

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    SparkSession spark = SparkSessions.open("retinaspark demo");
    Path table = output.resolve("faces");
    DetectResult result =
        new DetectAction(spark, detect(table), spec.commandLine().getErr()).execute();
    PreviewResult preview = new PreviewAction(spark, preview(table)).execute();
    report(preview, result, out);
    return preview.images().stream().allMatch(image -> faces(image) > 0)
        ? ExitStatus.DONE
        : ExitStatus.DATA;
  }

  private DetectConfig detect(Path table) {
    return DetectConfig.of(
        "--input",
        LocalDisk.location(photos),
        "--input-format",
        "files",
        "--split",
        "demo",
        "--output",
        LocalDisk.location(table),
        "--overwrite",
        "--model",
        model);
  }

  private PreviewConfig preview(Path table) {
    return new PreviewConfig(
        LocalDisk.location(table),
        null,
        LocalDisk.location(output.resolve("preview")),
        WritePolicy.OVERWRITE,
        100,
        SHOWN_SCORE);
  }

  private static int faces(ImageRecord image) {
    int faces = 0;
    for (float score : image.faces().scores()) {
      faces += score >= SHOWN_SCORE ? 1 : 0;
    }
    return faces;
  }

  private static void report(PreviewResult preview, DetectResult result, PrintWriter out) {
    out.printf("%-16s %11s %6s %6s%n", "photo", "size", "faces", "best");
    for (ImageRecord image : preview.images()) {
      float best = image.faces().count() == 0 ? 0 : image.faces().scores()[0];
      ImageFrame frame = image.frame();
      out.printf(
          Locale.ROOT,
          "%-16s %11s %6d %6.3f%n",
          image.image(),
          frame == null ? "" : frame.width() + " x " + frame.height(),
          faces(image),
          best);
    }
    out.printf(
        Locale.ROOT,
        "%d images in %.1f s on %s; faces of score %s and more%n",
        result.images(),
        result.seconds(),
        result.provider(),
        SHOWN_SCORE);
    out.println("table: " + result.output());
    out.println("page:  " + preview.page());
  }
}
