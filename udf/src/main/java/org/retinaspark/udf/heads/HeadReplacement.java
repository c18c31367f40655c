package org.retinaspark.udf.heads;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.retinaspark.udf.graph.GraphBuilder;
import org.retinaspark.udf.graph.OnnxFile;
import org.retinaspark.udf.model.ModelDescription;
import org.retinaspark.udf.model.ModelImport;
import org.retinaspark.udf.model.Preprocessing;

/**
 * Puts other heads into a model.
 *
 * @param file the model's file
 * @param model what it is
 * @param found the heads that it has
 */
record HeadReplacement(OnnxFile file, ModelDescription model, FoundHeads found) {

  /** The entry of the metadata that holds the digest of the file whose features these are. */
  private static final String TRAINED_OF = "retinaspark.trained.source_sha256";

  /**
   * The file, proved by runs as an import is. It is no longer the published model that it was, and
   * doesn't say so.
   *
   * @throws IllegalArgumentException if a head is not for these levels, sizes and channels
   */
  byte[] with(FittedHeads fitted, Map<String, String> metadata) {
    MeshHead mesh = fitted.mesh();
    GraphBuilder graph =
        new GraphBuilder(mesh == null ? file : file.withOutputs(model.outputs().subList(0, own())));
    fitted.heads().forEach((task, head) -> reweigh(graph, task, head));
    Map<String, String> entries = new LinkedHashMap<>();
    entries.put(ModelImport.SOURCE_SHA256, "");
    if (mesh != null) {
      entries.putAll(new MeshAddition(graph, model, found).add(mesh));
    }
    byte[] onnx = graph.onnx(entries);
    Map<String, String> provenance = new LinkedHashMap<>(metadata);
    provenance.put(TRAINED_OF, model.origin());
    return ModelImport.ofBuilt(onnx, model.name(), Preprocessing.AS_IS, provenance).onnx();
  }

  /** How many of the outputs are none of a mesh: those up to the landmarks. */
  private int own() {
    return Objects.requireNonNull(found.outputs().get(HeadTask.LANDMARKS)) + 1;
  }

  private void reweigh(GraphBuilder graph, HeadTask task, LinearHead head) {
    LinearHead own = found.head(task);
    own.requireFormOf(head);
    for (int level = 0; level < own.levels(); level++) {
      graph.reweigh(
          Objects.requireNonNull(found.levels().get(level).heads().get(task)),
          head.weights().get(level),
          head.biases().get(level));
    }
  }
}
