package org.retinaspark.job.crop;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.retinaspark.io.WritePolicy;
import org.retinaspark.io.crops.CropFormat;
import org.retinaspark.job.ExitStatus;
import org.retinaspark.job.Heading;
import org.retinaspark.job.Invocation;
import org.retinaspark.job.Size;
import org.retinaspark.job.SparkSessions;
import org.retinaspark.job.UsageException;
import org.retinaspark.udf.image.ImageEncoding;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code crop} on the command line. */
@Command(
    name = "crop",
    description = {"Writes the faces of a table as aligned crops, for face recognition.", ""},
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {"", Size.UNITS})
public final class CropCommand implements Callable<Integer> {

  @Heading("Input")
  @Option(
      names = "--detections",
      required = true,
      paramLabel = "URI",
      description = "The table that 'detect' wrote.")
  private String detections = "";

  @Option(
      names = "--input",
      arity = "1..*",
      paramLabel = "URI",
      description =
          "Where the images lie now, if they were moved: each --input that 'detect' had, in the"
              + " same order (default: where the table says).")
  private List<String> input = List.of();

  @Heading("Output")
  @Option(
      names = "--output",
      required = true,
      paramLabel = "URI",
      description = "The folder for the crops; it must be empty or absent, or see --overwrite.")
  private String output = "";

  @Option(
      names = "--overwrite",
      description =
          "Replace crops that stand at --output, of which only files that their lists name are"
              + " deleted; with anything else there the run is refused.")
  private boolean overwrite;

  @Option(
      names = "--format",
      paramLabel = "parquet|tar|files",
      defaultValue = "parquet",
      description =
          "A Parquet table with a row a face, tar shards as WebDataset reads them, or a file a face"
              + " in folders as the images' keys have them (default: ${DEFAULT-VALUE}).")
  private CropFormat format = CropFormat.PARQUET;

  @Option(
      names = "--file-size",
      paramLabel = "SIZE",
      converter = Size.class,
      description = "Size of a Parquet file or tar shard, at most (default: 256m).")
  private long fileBytes = 256 << 20;

  @Heading("Crops")
  @Option(
      names = "--size",
      paramLabel = "PIXELS",
      defaultValue = "112",
      description = "Side of a crop (default: ${DEFAULT-VALUE}).")
  private int size;

  @Option(
      names = "--template",
      paramLabel = "arcface|URI",
      defaultValue = "arcface",
      description =
          "Where the five landmarks lie in a crop: ArcFace's, or a text file of the side of a square"
              + " and x and y of each in it (default: ${DEFAULT-VALUE}).")
  private String template = "";

  @Option(
      names = "--margin",
      paramLabel = "X",
      defaultValue = "0",
      description =
          "What is added around the template on each side, as a share of its side; the crop has as"
              + " many pixels (default: ${DEFAULT-VALUE}).")
  private double margin;

  @Option(
      names = "--sampling",
      paramLabel = "bilinear|area",
      defaultValue = "bilinear",
      description =
          "bilinear: as OpenCV's warpAffine, which recognition networks were trained with; area:"
              + " large faces are averaged first, which looks smoother (default: ${DEFAULT-VALUE}).")
  private CropSampling sampling = CropSampling.BILINEAR;

  @Option(
      names = "--encoding",
      paramLabel = "jpeg|png",
      defaultValue = "jpeg",
      description = "The crop's file (default: ${DEFAULT-VALUE}).")
  private ImageEncoding.Format encoding = ImageEncoding.Format.JPEG;

  @Option(
      names = "--quality",
      paramLabel = "N",
      defaultValue = "95",
      description = "Of JPEG, 1 to 100 (default: ${DEFAULT-VALUE}).")
  private int quality;

  @Heading("Which faces")
  @Option(
      names = "--min-score",
      paramLabel = "X",
      defaultValue = "0.5",
      description = "Faces of this score and more (default: ${DEFAULT-VALUE}).")
  private float minimumScore;

  @Option(
      names = "--min-face",
      paramLabel = "PIXELS",
      defaultValue = "0",
      description = "Faces whose box has a shorter side of so many (default: ${DEFAULT-VALUE}).")
  private float minimumFace;

  @Option(
      names = "--max-yaw",
      paramLabel = "DEGREES",
      description =
          "Faces that are turned so far to a side, at most; needs a table with poses, and a face of"
              + " unknown pose is left out (default: any).")
  private @Nullable Float maximumYaw;

  @Option(names = "--max-pitch", paramLabel = "DEGREES", description = "Likewise up or down.")
  private @Nullable Float maximumPitch;

  @Option(
      names = "--max-roll",
      paramLabel = "DEGREES",
      description = "Likewise in the plane of the image.")
  private @Nullable Float maximumRoll;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "Of the first images by key alone, to try things out (default: all).")
  private @Nullable Integer limit;

  @Heading("Running")
  @Option(
      names = "--max-failure-rate",
      paramLabel = "X",
      description =
          "Share of wanted faces without a crop above which nothing is published, and the exit"
              + " status is 3 (default: 1, never).")
  private double maximumFailureRate = 1;

  @Option(
      names = "--partition-size",
      paramLabel = "SIZE",
      converter = Size.class,
      description = "What one task reads, about (default: 256m).")
  private long taskBytes = 256 << 20;

  @Option(
      names = "--retry-time",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description =
          "How long a read is tried again that fails for a passing reason (default:"
              + " ${DEFAULT-VALUE}).")
  private long retryTime;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    CropConfig config = config();
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    SparkSession spark = SparkSessions.open("retinaspark crop " + detections);
    try {
      CropResult result = new CropAction(spark, config).execute();
      result.warnings().forEach(warning -> err.println("retinaspark: warning: " + warning));
      report(result, out);
      if (result.counts().internal() > 0) {
        err.printf(
            Locale.ROOT,
            "retinaspark: %,d faces got no crop by a fault of ours, not of their images (code"
                + " 'internal'); the output says what. Report it%n",
            result.counts().internal());
        return ExitStatus.FAULT;
      }
      return ExitStatus.DONE;
    } catch (LostCropsException lost) {
      err.println("retinaspark: " + lost.getMessage());
      return ExitStatus.DATA;
    }
  }

  private static void report(CropResult result, PrintWriter out) {
    CropCensus census = result.census();
    out.printf(
        Locale.ROOT,
        "%,d crops of %,d images in %.1f s; %,d faces failed%n",
        result.counts().crops(),
        census.wantedImages(),
        result.seconds(),
        result.counts().failed());
    new TreeMap<>(result.counts().failures())
        .forEach((reason, count) -> out.printf(Locale.ROOT, "  failed %s: %,d%n", reason, count));
    new TreeMap<>(census.left())
        .forEach(
            (reason, count) ->
                out.printf(Locale.ROOT, "  left out, %s: %,d%n", reason.label(), count));
    if (census.failed() > 0) {
      out.printf(
          Locale.ROOT,
          "  %,d images of the table had failed, and have no faces%n",
          census.failed());
    }
    out.println("crops: " + result.output());
  }

  private CropConfig config() {
    try {
      return new CropConfig(
          detections,
          input,
          output,
          overwrite ? WritePolicy.OVERWRITE : WritePolicy.CREATE,
          format,
          fileBytes,
          template,
          size,
          margin,
          sampling,
          new ImageEncoding(encoding, quality),
          new FaceFilter(minimumScore, minimumFace, maximumYaw, maximumPitch, maximumRoll),
          limit,
          maximumFailureRate,
          taskBytes,
          Duration.ofSeconds(retryTime),
          new Invocation(spec.root().commandLine().getParseResult().originalArgs()));
    } catch (IllegalArgumentException wrong) {
      throw new UsageException(wrong.getMessage() + ": nothing was done", wrong);
    }
  }
}
