package org.retinaspark.job.model;

import org.jspecify.annotations.Nullable;
import org.retinaspark.job.UsageException;
import org.retinaspark.udf.detect.family.ClassOutput;
import org.retinaspark.udf.detect.family.LandmarkScale;
import org.retinaspark.udf.model.RecognitionOptions;
import picocli.CommandLine.Option;

/** The options that say of a model what its file doesn't; they win over the file. */
public final class RecognitionArguments {

  @Option(
      names = "--family",
      paramLabel = "pytorch|insightface|scrfd|yunet|centerface|retinaface",
      description = "The model's family (default: by its outputs).")
  private @Nullable String family;

  @Option(
      names = "--landmark-scale",
      paramLabel = "v1|v2",
      description =
          "Which training of InsightFace the landmarks are of: v1 (times 1) or v2 (times 0.2)"
              + " (default: by the file, else v2).")
  private @Nullable LandmarkScale landmarkScale;

  @Option(
      names = "--class-output",
      paramLabel = "probabilities|logits",
      description =
          "What the classes of a PyTorch model are (default: by the softmax in its graph).")
  private @Nullable ClassOutput classOutput;

  /**
   * What was said.
   *
   * @throws UsageException if there is no such family
   */
  public RecognitionOptions options() {
    try {
      return new RecognitionOptions(family, landmarkScale, classOutput);
    } catch (IllegalArgumentException wrong) {
      throw new UsageException(wrong.getMessage(), wrong);
    }
  }
}
