package org.retinaspark.udf.model;

import org.jspecify.annotations.Nullable;
import org.retinaspark.udf.detect.family.ClassOutput;
import org.retinaspark.udf.detect.family.LandmarkScale;

/**
 * What a person says of a model that its file doesn't, or says wrongly: an option that is given
 * wins over the file's metadata, which wins over recognition.
 *
 * @param family name of the family, or null to go by the file
 * @param landmarkScale scale of the landmark deltas of an InsightFace model, or null to go by the
 *     file
 * @param classOutput what the class output of a PyTorch model is, or null to go by the file
 */
public record RecognitionOptions(
    @Nullable String family,
    @Nullable LandmarkScale landmarkScale,
    @Nullable ClassOutput classOutput) {

  /** Everything by the file. */
  public static final RecognitionOptions BY_FILE = new RecognitionOptions(null, null, null);

  /**
   * Checks the name of the family.
   *
   * @throws IllegalArgumentException if there is no such family
   */
  public RecognitionOptions {
    if (family != null && FamilyOutputs.named(family) == null) {
      throw new IllegalArgumentException(
          "--family is '" + family + "', but must be one of " + FamilyOutputs.names(", "));
    }
  }
}
