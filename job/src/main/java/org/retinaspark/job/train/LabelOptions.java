package org.retinaspark.job.train;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.retinaspark.io.labels.LabelFormat;
import org.retinaspark.io.labels.LabelRules;
import org.retinaspark.job.Heading;
import org.retinaspark.job.options.DecidesRows;
import org.retinaspark.job.options.Range;
import picocli.CommandLine.Option;

/** The options of {@code train} that say what is known of the photos. */
final class LabelOptions {

  @Heading("Labels")
  @Option(
      names = "--labels",
      required = true,
      paramLabel = "URI",
      description =
          "Labelled faces of the photos: RetinaFace's label.txt (boxes, landmarks),"
              + " wider_face_*_bbx_gt.txt (boxes), COCO JSON (boxes, five keypoints), or a table of"
              + " 'detect' (boxes, landmarks, and meshes with --mesh-model). Photos are found by"
              + " their paths below the input; those without labels teach nothing.")
  private String location = "";

  @DecidesRows
  @Option(
      names = "--labels-format",
      paramLabel = "auto|retinaface|widerface|coco|table",
      defaultValue = "auto",
      description = "What they are; auto looks (default: ${DEFAULT-VALUE}).")
  private LabelFormat format = LabelFormat.AUTO;

  @DecidesRows
  @Range(from = 0, to = 1)
  @Option(
      names = "--min-label-score",
      paramLabel = "X",
      description =
          "Score that a face of a table needs to be one. Lesser ones are neither faces nor"
              + " background; those below 0.2 are background (default: 0.8).")
  private @Nullable Float minimumScore;

  @DecidesRows
  @Option(
      names = "--category",
      paramLabel = "NAME",
      description = "Category of COCO annotations (default: the only one, or 'face').")
  private @Nullable String category;

  @Option(
      names = "--held-out",
      paramLabel = "URI",
      description =
          "Photos that the result will be measured on: a list as sha256sum prints it, a folder of"
              + " photos, or a table of 'detect'. One of them among those that would be learnt from"
              + " ends the run before anything is fitted. WIDER FACE's validation photos are held"
              + " out always.")
  private @Nullable String heldOut;

  /**
   * Checks what is more than a range.
   *
   * @throws IllegalArgumentException naming the option, its value and what it may be
   */
  void requireValid() {
    rules();
  }

  /** A file, or the folder of a table. */
  String location() {
    return location;
  }

  /** How they are taken. */
  LabelRules rules() {
    LabelRules usual = LabelRules.of(format);
    float score = minimumScore == null ? usual.minScore() : minimumScore;
    return new LabelRules(
        format, score, Math.min(usual.ignoredScore(), score), usual.minMeshScore(), category);
  }

  /** Where they are, if there are some. */
  Optional<String> heldOut() {
    return Optional.ofNullable(heldOut);
  }
}
