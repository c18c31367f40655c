package org.retinaspark.udf.model;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.retinaspark.udf.graph.OnnxFile;
import org.retinaspark.udf.graph.TensorSignature;
import org.retinaspark.udf.runtime.InferenceException;

/**
 * The family that a model's outputs are of.
 *
 * @param rule the family
 * @param because how it is known
 * @param outputs the outputs in the family's order
 */
record FamilyMatch(FamilyOutputs rule, String because, List<TensorSignature> outputs) {

  private static final String BY_SIGNATURE = "by signature";

  /**
   * Finds the family of a model.
   *
   * @throws UnknownModelException if there is none, or not the one that is named
   */
  static FamilyMatch of(
      OnnxFile file, ModelMetadata metadata, RecognitionOptions options, ModelInput input) {
    FamilyOutputs named = metadata.family();
    String because = Decision.BY_METADATA;
    if (options.family() != null) {
      named = FamilyOutputs.named(options.family());
      because = Decision.BY_OPTION;
    }
    List<FamilyOutputs> candidates = named == null ? FamilyOutputs.ALL : List.of(named);
    List<TensorSignature> outputs = file.signature().outputs();
    FamilyMatch match = among(candidates, outputs, named == null ? BY_SIGNATURE : because);
    String reason =
        named == null
            ? "its outputs are those of no family"
            : "its family is '%s' %s, but its outputs are not those of that family"
                .formatted(named.name(), because);
    if ((match == null || !match.rule().tellsApart(match.outputs()))
        && outputs.stream().anyMatch(TensorSignature::open)) {
      try {
        List<TensorSignature> observed = ObservedShapes.of(file, input, outputs);
        FamilyMatch seen =
            among(candidates, observed, named == null ? BY_SIGNATURE + ", seen in a run" : because);
        match = seen == null ? match : seen;
      } catch (InferenceException failure) {
        reason =
            "shapes of its outputs are not declared, and it doesn't run to show them ("
                + failure.getMessage()
                + ")";
      }
    }
    if (match == null) {
      throw new UnknownModelException(file.name(), reason, file.signature());
    }
    return match;
  }

  private static @Nullable FamilyMatch among(
      List<FamilyOutputs> candidates, List<TensorSignature> outputs, String because) {
    for (FamilyOutputs candidate : candidates) {
      List<TensorSignature> ordered = candidate.ordered(outputs);
      // Outputs besides are a sign of something else, unless somebody said what it is.
      if (ordered != null
          && (ordered.size() == outputs.size() || !because.startsWith(BY_SIGNATURE))) {
        return new FamilyMatch(candidate, because, ordered);
      }
    }
    return null;
  }
}
