package org.retinaspark.udf.onnx;

/**
 * A model that was recognised, with the reasons.
 *
 * @param description what it is
 * @param match its family, and its outputs in the family's order
 * @param identity the family's properties
 * @param evidence what it was judged by
 */
record Recognised(
    ModelDescription description, FamilyMatch match, Identity identity, Evidence evidence) {

  static Recognised of(OnnxFile file, RecognitionOptions options) {
    ModelMetadata metadata = ModelMetadata.of(file);
    Graph graph = new Graph(file.proto().getGraph());
    ModelInput input = ModelInput.of(file);
    FamilyMatch match = FamilyMatch.of(file, metadata, options, input);
    Evidence evidence =
        new Evidence(
            file,
            graph,
            metadata,
            options,
            input.layout(),
            InputNormalisation.of(graph, input.name()),
            match.outputs());
    Identity identity = match.rule().identify(evidence);
    ModelDescription description =
        new ModelDescription(
            file.name(),
            file.sha256(),
            identity.family(),
            input.name(),
            input.size(),
            match.outputs().stream().map(TensorSignature::name).toList());
    return new Recognised(description, match, identity, evidence);
  }
}
