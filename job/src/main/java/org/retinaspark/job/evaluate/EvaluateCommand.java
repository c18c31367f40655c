package org.retinaspark.job.evaluate;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.retinaspark.io.GroundTruthException;
import org.retinaspark.io.WritePolicy;
import org.retinaspark.io.detections.DetectionException;
import org.retinaspark.io.detections.DetectionText;
import org.retinaspark.io.detections.DetectionText.BoxForm;
import org.retinaspark.io.detections.DetectionText.LineRule;
import org.retinaspark.io.wider.DetectionLayout;
import org.retinaspark.job.ExitStatus;
import org.retinaspark.job.SparkSessions;
import org.retinaspark.job.UsageException;
import org.retinaspark.job.measures.BadInput;
import org.retinaspark.job.measures.Dialect;
import org.retinaspark.job.measures.EvaluationException;
import org.retinaspark.job.measures.spark.OptionalMeasure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code evaluate} on the command line. */
@Command(
    name = "evaluate",
    description = {"Computes the WIDER FACE benchmark on detections that are already made.", ""},
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class EvaluateCommand implements Callable<Integer> {

  @Option(
      names = "--detections",
      required = true,
      paramLabel = "URI",
      description = "The table that 'detect' wrote, or a folder of <event>/<image>.txt.")
  private String detections = "";

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "table",
      description = "What --detections is: table or widerface (default: table).")
  private String format = "table";

  @Option(
      names = "--detection-layout",
      paramLabel = "LAYOUT",
      defaultValue = "auto",
      description = {
        "What stands in a detection file before \"x y w h score\" a line: widerface (the image's",
        "name, then the number of detections), named (its name), counted (their number), boxes",
        "(nothing), or auto: by the first two lines of each file (default: auto)."
      })
  private String layout = "auto";

  @Option(
      names = "--detection-boxes",
      paramLabel = "xywh|xyxy",
      defaultValue = "xywh",
      description =
          "What the numbers of a box in a detection file are: corner and size, or two corners"
              + " (default: xywh).")
  private String boxes = "xywh";

  @Option(
      names = "--ground-truth",
      required = true,
      paramLabel = "DIR",
      description = {
        "The folder of wider_face_<split>.mat and wider_{easy,medium,hard}_<split>.mat, or of",
        "wider_face_<split>_bbx_gt.txt; a label.txt of RetinaFace there adds landmarks."
      })
  private String groundTruth = "";

  @Option(
      names = "--split",
      paramLabel = "NAME",
      defaultValue = "val",
      description = "The split to evaluate (default: val).")
  private String split = "val";

  @Option(
      names = "--images",
      paramLabel = "FILE",
      description = "Restrict both sides to the images that this file lists, one a line.")
  private @Nullable String images;

  @Option(
      names = "--dialect",
      paramLabel = "NAME",
      defaultValue = "matlab-double",
      description = {
        "Whose rules: matlab (the official tool, integer overlaps), matlab-double (its copies that",
        "cast to double) or python (the port) (default: matlab-double)."
      })
  private String dialect = "matlab-double";

  @Option(
      names = "--bad-input",
      paramLabel = "fail|drop",
      defaultValue = "fail",
      description =
          "Duplicate images, numbers that aren't finite, and detection files of which most aren't"
              + " whole: fail or drop (default: fail).")
  private String badInput = "fail";

  @Option(
      names = "--skip",
      paramLabel = "PART",
      split = ",",
      description = "Leave out coco (its AP and AR rank every detection) or worst, or both.")
  private Set<String> skipped = Set.of();

  @Option(
      names = "--report",
      paramLabel = "DIR",
      description = "Write metrics.json, metrics.parquet, curves.parquet and index.html there.")
  private @Nullable String report;

  @Option(
      names = "--input",
      paramLabel = "URI",
      description = "The images' folder, to draw the worst images in the report.")
  private @Nullable String input;

  @Option(
      names = "--compare",
      paramLabel = "DIR",
      description = "The --report folder of another evaluation to compare with.")
  private @Nullable String compare;

  @Option(names = "--overwrite", description = "Replace a report that stands there.")
  private boolean overwrite;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    EvaluateConfig config = config();
    SparkSession spark = SparkSessions.open("retinaspark evaluate " + detections);
    try {
      return evaluate(spark, config);
    } catch (GroundTruthException | DetectionException | EvaluationException wrong) {
      spec().commandLine().getErr().println("retinaspark: " + wrong.getMessage());
      return ExitStatus.DATA;
    } catch (FileNotFoundException missing) {
      throw new UsageException(
          "%s; nothing was evaluated, check the path".formatted(missing.getMessage()), missing);
    }
  }

  private int evaluate(SparkSession spark, EvaluateConfig config) throws IOException {
    Report written = report == null ? null : new Report(spark, report);
    if (written != null) {
      written.requireApart(config);
      written.requireWritable(overwrite ? WritePolicy.OVERWRITE : WritePolicy.CREATE);
    }
    ReportJson.Stored other = compare == null ? null : new Report(spark, compare).read();
    Instant start = Instant.now();
    Evaluation evaluation = new EvaluateAction(spark, config).execute();
    Duration work = Duration.between(start, Instant.now());
    Comparison comparison = other == null ? null : Comparison.of(evaluation, other);
    var out = spec().commandLine().getOut();
    new TerminalTable(evaluation).lines().forEach(out::println);
    if (comparison != null) {
      comparison.lines().forEach(out::println);
    }
    out.printf(Locale.ROOT, "evaluated in %.1f s after start-up%n", work.toMillis() / 1e3);
    if (written != null) {
      written.write(evaluation, input, comparison);
      out.println("report: " + report);
    }
    return ExitStatus.DONE;
  }

  private EvaluateConfig config() {
    if (input != null && report == null) {
      throw new UsageException(
          "--input draws images into a report, but no --report is given; add --report DIR");
    }
    Set<OptionalMeasure> optional = EnumSet.allOf(OptionalMeasure.class);
    skipped.forEach(name -> optional.remove(choice(OptionalMeasure.class, "--skip", name)));
    if (input == null) {
      optional.remove(OptionalMeasure.WORST);
    }
    Dialect rules = choice(Dialect.class, "--dialect", dialect);
    try {
      return new EvaluateConfig(
          detections,
          choice(DetectionFormat.class, "--format", format),
          new DetectionText(
              choice(DetectionLayout.class, "--detection-layout", layout),
              choice(BoxForm.class, "--detection-boxes", boxes),
              rules == Dialect.PYTHON ? LineRule.EVERY_LINE : LineRule.ANNOUNCED),
          groundTruth,
          split,
          images,
          rules,
          choice(BadInput.class, "--bad-input", badInput),
          optional);
    } catch (IllegalArgumentException wrong) {
      throw new UsageException(wrong.getMessage(), wrong);
    }
  }

  private static <E extends Enum<E>> E choice(Class<E> type, String option, String name) {
    E[] choices = type.getEnumConstants();
    for (E choice : choices) {
      if (label(choice).equals(name.toLowerCase(Locale.ROOT))) {
        return choice;
      }
    }
    throw new UsageException(
        "%s '%s' is unknown; it may be %s"
            .formatted(
                option,
                name,
                Arrays.stream(choices)
                    .map(EvaluateCommand::label)
                    .collect(Collectors.joining(", "))));
  }

  private static String label(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private CommandSpec spec() {
    return Objects.requireNonNull(spec, "picocli sets the spec");
  }
}
