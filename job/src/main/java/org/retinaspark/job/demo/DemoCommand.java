package org.retinaspark.job.demo;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.retinaspark.io.WritePolicy;
import org.retinaspark.io.images.ImageInputs;
import org.retinaspark.io.images.InputColumns;
import org.retinaspark.io.images.NameFilter;
import org.retinaspark.io.images.SourceFormat;
import org.retinaspark.io.table.TablePolicy;
import org.retinaspark.job.ExitStatus;
import org.retinaspark.job.SparkSessions;
import org.retinaspark.job.detect.DetectAction;
import org.retinaspark.job.detect.DetectConfig;
import org.retinaspark.job.detect.DetectResult;
import org.retinaspark.job.model.ImportAction;
import org.retinaspark.job.model.ModelCache;
import org.retinaspark.job.preview.PreviewAction;
import org.retinaspark.job.preview.PreviewConfig;
import org.retinaspark.job.preview.PreviewResult;
import org.retinaspark.job.preview.PreviewRow;
import org.retinaspark.job.progress.ProgressStyle;
import org.retinaspark.udf.detect.Protocol;
import org.retinaspark.udf.detect.Thresholds;
import org.retinaspark.udf.image.DecodeSettings;
import org.retinaspark.udf.model.Preprocessing;
import org.retinaspark.udf.model.RecognitionOptions;
import org.retinaspark.udf.pipeline.PipelineSettings;
import org.retinaspark.udf.runtime.Batching;
import org.retinaspark.udf.runtime.Provider;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code demo} on the command line: imports the fetched model, finds the faces of the fetched
 * photos, and shows them. The launcher fetches both.
 */
@Command(
    name = "demo",
    description = {
      "Finds the faces in six photos: import of the model, detect, preview, a short table.",
      "bin/retinaspark fetches model and photos, and gives --model and --photos.",
      ""
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class DemoCommand implements Callable<Integer> {

  /** What the demo counts as a face; the table keeps those of lower score too. */
  private static final float SHOWN_SCORE = 0.5f;

  private static final long TASK_BYTES = 1 << 26;

  @Option(names = "--model", required = true, paramLabel = "FILE", description = "An ONNX file.")
  private Path model = Path.of("");

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
    Path imported = ModelCache.dynamicModel();
    if (!Files.exists(imported)) {
      new ImportAction(
              model, imported, WritePolicy.CREATE, RecognitionOptions.BY_FILE, Preprocessing.AS_IS)
          .execute();
    }
    SparkSession spark = SparkSessions.open("retinaspark demo");
    Path table = output.resolve("faces");
    DetectResult result =
        new DetectAction(spark, detect(imported, table), spec.commandLine().getErr()).execute();
    PreviewResult preview = new PreviewAction(spark, preview(table)).execute();
    report(preview, result, out);
    return preview.rows().stream().allMatch(row -> faces(row) > 0)
        ? ExitStatus.DONE
        : ExitStatus.DATA;
  }

  private DetectConfig detect(Path imported, Path table) {
    return new DetectConfig(
        new DetectConfig.Source(
            new ImageInputs(
                List.of(photos.toUri().toString()),
                SourceFormat.FILES,
                NameFilter.IMAGES,
                InputColumns.USUAL),
            "demo",
            DecodeSettings.DEFAULT,
            1 << 27,
            TASK_BYTES,
            Duration.ZERO,
            PipelineSettings.DEFAULT),
        DetectConfig.Table.of(table.toUri().toString(), TablePolicy.OVERWRITE),
        new DetectConfig.Network(
            imported.toUri().toString(),
            RecognitionOptions.BY_FILE,
            Provider.AUTO,
            0,
            1,
            Batching.DEFAULT),
        Protocol.ORIGINAL,
        Thresholds.WIDER_FACE,
        1,
        ProgressStyle.AUTO);
  }

  private PreviewConfig preview(Path table) {
    return new PreviewConfig(
        table.toUri().toString(),
        null,
        output.resolve("preview").toUri().toString(),
        WritePolicy.OVERWRITE,
        100,
        SHOWN_SCORE);
  }

  private static long faces(PreviewRow row) {
    return row.faces().stream().filter(face -> face.score() >= SHOWN_SCORE).count();
  }

  private static void report(PreviewResult preview, DetectResult result, PrintWriter out) {
    out.printf("%-16s %11s %6s %6s%n", "photo", "size", "faces", "best");
    for (PreviewRow row : preview.rows()) {
      double best = row.faces().isEmpty() ? 0 : row.faces().get(0).score();
      out.printf(
          Locale.ROOT,
          "%-16s %11s %6d %6.3f%n",
          row.image(),
          row.width() + " x " + row.height(),
          faces(row),
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
