package org.retinaspark.job.evaluate;

import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.retinaspark.io.detections.DetectionText;
import org.retinaspark.io.detections.DetectionText.BoxForm;
import org.retinaspark.io.detections.DetectionText.LineRule;
import org.retinaspark.io.wider.DetectionLayout;
import org.retinaspark.job.UsageException;
import org.retinaspark.job.measures.BadInput;
import org.retinaspark.job.measures.Dialect;
import org.retinaspark.job.measures.spark.OptionalMeasure;
import picocli.CommandLine.Option;

/** The options of {@code evaluate} that are of the WIDER FACE benchmark alone. */
final class WiderOptions {

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
      names = "--input",
      paramLabel = "URI",
      description = "The images' folder, to draw the worst images in the report.")
  private @Nullable String input;

  @Option(
      names = "--compare",
      paramLabel = "DIR",
      description = "The --report folder of another evaluation to compare with.")
  private @Nullable String compare;

  /**
   * What they ask for.
   *
   * @throws UsageException if they don't go together, or one of them isn't known
   */
  EvaluateConfig config(String detections, String groundTruth, @Nullable String report) {
    if (input != null && report == null) {
      throw new UsageException(
          "--input draws images into a report, but no --report is given; add --report DIR");
    }
    Set<OptionalMeasure> optional = EnumSet.allOf(OptionalMeasure.class);
    skipped.forEach(name -> optional.remove(Choice.of(OptionalMeasure.class, "--skip", name)));
    if (input == null) {
      optional.remove(OptionalMeasure.WORST);
    }
    Dialect rules = Choice.of(Dialect.class, "--dialect", dialect);
    try {
      return new EvaluateConfig(
          detections,
          Choice.of(DetectionFormat.class, "--format", format),
          new DetectionText(
              Choice.of(DetectionLayout.class, "--detection-layout", layout),
              Choice.of(BoxForm.class, "--detection-boxes", boxes),
              rules == Dialect.PYTHON ? LineRule.EVERY_LINE : LineRule.ANNOUNCED),
          groundTruth,
          split,
          images,
          rules,
          Choice.of(BadInput.class, "--bad-input", badInput),
          optional);
    } catch (IllegalArgumentException wrong) {
      throw new UsageException(wrong.getMessage(), wrong);
    }
  }

  /** The images' folder, to draw the worst in the report. */
  @Nullable String input() {
    return input;
  }

  /** The folder of another report. */
  @Nullable String compare() {
    return compare;
  }
}
