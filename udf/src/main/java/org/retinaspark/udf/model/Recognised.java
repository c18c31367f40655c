package org.retinaspark.udf.model;

import org.retinaspark.udf.detect.InputSize;
import org.retinaspark.udf.graph.Graph;
import org.retinaspark.udf.graph.InputNormalisation;
import org.retinaspark.udf.graph.InvalidModelException;
import org.retinaspark.udf.graph.OnnxFile;
import org.retinaspark.udf.graph.TensorSignature;

/**
 * A model that was recognised, with the reasons.
 *
 * @param description what it is
 * @param match its family, and its outputs in the family's order
 * @param details the family's properties
 * @param facts what it was judged by
 * @param sizeBecause where the sizes that it takes come from
 */
record Recognised(
    ModelDescription description,
    FamilyMatch match,
    FamilyDetails details,
    ModelFacts facts,
    String sizeBecause) {

  /**
   * Recognises a model by its file alone.
   *
   * @throws InvalidModelException if its metadata is broken
   * @throws UnknownModelException if it is no face detector that is understood
   */
  static Recognised of(OnnxFile file, RecognitionOptions options) {
    ModelMetadata metadata = ModelMetadata.of(file);
    Graph graph = file.graph();
    ModelInput input = ModelInput.of(file);
    FamilyMatch match = FamilyMatch.of(file, metadata, options, input);
    ModelFacts facts =
        new ModelFacts(
            file,
            graph,
            metadata,
            options,
            input.layout(),
            InputNormalisation.of(graph, input.name()),
            match.outputs());
    FamilyDetails details = match.rule().identify(facts);
    String sha256 = file.sha256();
    ModelDescription description =
        new ModelDescription(
            file.name(),
            sha256,
            metadata.origin(sha256),
            details.family(),
            details.format(),
            input.name(),
            input.size().inMultiplesOf(details.multiple()),
            match.outputs().stream().map(TensorSignature::name).toList());
    return new Recognised(description, match, details, facts, "declared");
  }

  /**
   * The same with the sizes that it takes when it is run.
   *
   * @throws InvalidModelException if it doesn't run
   */
  Recognised tried() {
    Decision<InputSize> size = SizeTrial.of(facts.file().bytes(), description);
    return new Recognised(description.of(size.value()), match, details, facts, size.because());
  }
}
