package org.retinaspark.udf.heads;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.retinaspark.udf.detect.family.AnchorFamily;
import org.retinaspark.udf.detect.family.ClassOutput;
import org.retinaspark.udf.detect.family.MeshBasis;
import org.retinaspark.udf.detect.family.MeshCode;
import org.retinaspark.udf.detect.family.PyTorchFamily;
import org.retinaspark.udf.detect.family.RetinaFaceFamily;
import org.retinaspark.udf.detect.family.RetinaFaceMetadata;
import org.retinaspark.udf.detect.family.Variances;
import org.retinaspark.udf.graph.GraphBuilder;
import org.retinaspark.udf.graph.Value;
import org.retinaspark.udf.model.ModelDescription;
import org.retinaspark.udf.network.FeatureMap;
import org.retinaspark.udf.network.Level;
import org.retinaspark.udf.network.Mesh;
import org.retinaspark.udf.network.MeshHeads;
import org.retinaspark.udf.network.MeshWeights;

/**
 * Adds a head of meshes to a model, which becomes one of the family retinaface.
 *
 * @param graph the model's graph, without meshes
 * @param model what it is
 * @param found the heads that it has
 */
record MeshAddition(GraphBuilder graph, ModelDescription model, FoundHeads found) {

  private static final int CLASSES = HeadTask.CLASS.perAnchor();

  /** Where vertices are, in words. */
  private static final String FRAME = "relative to what landmarks are";

  /**
   * Adds it.
   *
   * @return the entries of the metadata that say what the model is then
   * @throws IllegalArgumentException if the head is not for these levels, sizes and channels
   */
  Map<String, String> add(MeshHead mesh) {
    found.head(HeadTask.CLASS).requireLevelsOf(mesh.coefficients());
    MeshBasis basis = new MeshBasis(mesh.mean(), mesh.basis());
    MeshCode code = new MeshCode(Map.of(mesh.topology().name(), basis));
    RetinaFaceFamily family = family().with(List.of(mesh.topology()), code);
    if (!(model.family() instanceof RetinaFaceFamily)) {
      renameOutputs();
    }
    write(mesh);
    return RetinaFaceMetadata.of(family);
  }

  private RetinaFaceFamily family() {
    if (model.family() instanceof RetinaFaceFamily family) {
      return family;
    }
    AnchorFamily family = (AnchorFamily) model.family();
    return new RetinaFaceFamily(family.anchors(), Variances.USUAL, family.stages(), List.of());
  }

  /** The outputs of the PyTorch family under the names of this one, with probabilities. */
  private void renameOutputs() {
    output(HeadTask.BOX, "boxes1");
    output(HeadTask.CLASS, "classes");
    output(HeadTask.LANDMARKS, "landmarks");
  }

  private void output(HeadTask task, String name) {
    Value own = new Value(model.outputs().get(Objects.requireNonNull(found.outputs().get(task))));
    boolean logits =
        task == HeadTask.CLASS
            && model.family() instanceof PyTorchFamily family
            && family.classes() == ClassOutput.LOGITS;
    if (logits) {
      Value values = graph.renamed(own);
      graph.replaceOutput(values, graph.softmax(name, values));
    } else {
      graph.replaceOutput(own, graph.named(name, own));
    }
  }

  private void write(MeshHead head) {
    List<Level> levels = new ArrayList<>();
    List<Value> logits = new ArrayList<>();
    List<MeshWeights> weights = new ArrayList<>();
    String name = "mesh." + head.topology().name();
    for (int at = 0; at < found.levels().size(); at++) {
      HeadLevel own = found.levels().get(at);
      FeatureMap features = new FeatureMap(new Value(own.features()), own.channels(), own.stride());
      Level level = new Level(head.coefficients().sizes(at), features);
      Value classes = new Value(Objects.requireNonNull(own.heads().get(HeadTask.CLASS)).output());
      String place = "mesh_logits." + own.stride();
      levels.add(level);
      logits.add(level.anchors(graph, place, classes, CLASSES));
      weights.add(
          MeshWeights.of(
              graph,
              name + ".weights." + own.stride(),
              level,
              head.coefficients().weights().get(at),
              head.coefficients().biases().get(at)));
    }
    Mesh mesh =
        new Mesh(head.topology().name(), head.topology().vertices(), head.coefficients().values());
    MeshHeads heads = MeshHeads.of(graph, levels, logits, List.of(mesh));
    heads.writeAnchors();
    heads.write(mesh, weights, FRAME);
    heads.writeBasis(mesh, head.mean(), head.basis(), FRAME);
  }
}
