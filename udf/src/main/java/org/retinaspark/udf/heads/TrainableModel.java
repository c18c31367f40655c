package org.retinaspark.udf.heads;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.retinaspark.udf.graph.GraphBuilder;
import org.retinaspark.udf.graph.InvalidModelException;
import org.retinaspark.udf.graph.OnnxFile;
import org.retinaspark.udf.graph.Value;
import org.retinaspark.udf.model.ModelDescription;

/**
 * A detector whose heads are known: of each level the 1x1 convolutions that tell class, box and
 * landmarks, and the features that all of them read.
 */
public final class TrainableModel {

  private final OnnxFile file;
  private final ModelDescription model;
  private final FoundHeads found;

  private TrainableModel(OnnxFile file, ModelDescription model, FoundHeads found) {
    this.file = file;
    this.model = model;
    this.found = found;
  }

  /**
   * Finds the heads of a detector, and proves by a run that its outputs are theirs.
   *
   * @param onnx the bytes of its file
   * @param model what it was recognised as
   * @throws InvalidModelException if its heads are of another kind: what was seen
   */
  public static TrainableModel of(byte[] onnx, ModelDescription model) {
    OnnxFile file = OnnxFile.parse(onnx, model.name());
    FoundHeads found = new HeadTrace(file, model).found();
    TrainableModel trainable = new TrainableModel(file, model, found);
    new HeadProof(trainable.withFeatures(), found).run();
    return trainable;
  }

  /** Features a cell, the same of each level. */
  public int channels() {
    return found.levels().get(0).channels();
  }

  /** Names of the feature maps, finest first. */
  public List<String> maps() {
    return found.levels().stream().map(HeadLevel::features).toList();
  }

  /** The weights that it has; with two stages, those of the last. */
  public LinearHead head(HeadTask task) {
    return found.head(task);
  }

  /** The same detector with its feature maps as further outputs. */
  public FeatureModel withFeatures() {
    GraphBuilder graph = new GraphBuilder(file);
    List<String> outputs = new ArrayList<>(model.outputs());
    for (HeadLevel level : found.levels()) {
      graph.output(
          new Value(level.features()),
          "features of stride " + level.stride(),
          "batch",
          Integer.toString(level.channels()),
          "rows_" + level.stride(),
          "columns_" + level.stride());
      outputs.add(level.features());
    }
    byte[] onnx = graph.onnx(Map.of());
    return new FeatureModel(
        onnx,
        new ModelDescription(
            model.name(),
            OnnxFile.sha256(onnx),
            model.origin(),
            model.family(),
            model.format(),
            model.input(),
            model.size(),
            outputs));
  }

  /**
   * The same detector with other heads, with all axes open; run before it is given, as an import
   * is.
   *
   * @param metadata entries of the file beside those that say what the model is, under keys that
   *     start with {@code retinaspark.trained.}
   * @throws IllegalArgumentException if a head is not for these levels, sizes and channels
   */
  public byte[] with(FittedHeads fitted, Map<String, String> metadata) {
    return new HeadReplacement(file, model, found).with(fitted, metadata);
  }
}
