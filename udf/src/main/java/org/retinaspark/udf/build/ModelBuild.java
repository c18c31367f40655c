package org.retinaspark.udf.build;

import java.util.LinkedHashMap;
import java.util.Map;
import org.retinaspark.udf.graph.OnnxFile;
import org.retinaspark.udf.model.ModelImport;
import org.retinaspark.udf.model.ModelImportException;
import org.retinaspark.udf.model.Preprocessing;
import org.retinaspark.udf.network.Architecture;
import org.retinaspark.udf.network.RandomParameters;
import org.retinaspark.udf.network.RetinaFaceNetwork;
import org.retinaspark.udf.weights.WeightFile;
import org.retinaspark.udf.weights.WeightFileException;

/** Networks written as ONNX files, each tried by runs before it is anybody's. */
public final class ModelBuild {

  /** Where the numbers come from, for people. */
  private static final String WEIGHTS = "retinaspark.weights";

  private ModelBuild() {}

  /**
   * A network with the weights of a file.
   *
   * @param architecture the network
   * @param weights its numbers
   * @param file the file that they were read from
   * @param content its bytes
   * @param preprocessing what the input takes
   * @param name of the file that is built, for messages
   * @throws WeightFileException if a tensor is missing, of another shape, senseless or unknown
   * @throws ModelBuildException if the network doesn't find boxes as it should
   */
  public static ModelImport of(
      Architecture architecture,
      NamedWeights weights,
      WeightFile file,
      byte[] content,
      Preprocessing preprocessing,
      String name) {
    FileParameters parameters = weights.parameters(architecture.backbone());
    byte[] onnx = RetinaFaceNetwork.onnx(architecture, parameters);
    parameters.requireAll();
    Map<String, String> provenance = new LinkedHashMap<>();
    provenance.put(
        WEIGHTS, "%s (%s, names of %s)".formatted(file.name(), file.format(), weights.whose()));
    provenance.put(ModelImport.SOURCE_SHA256, OnnxFile.sha256(content));
    return tried(onnx, name, preprocessing, provenance);
  }

  /**
   * A network of random numbers, to see what it costs.
   *
   * @param seed of the numbers
   * @throws ModelBuildException if the network doesn't find boxes as it should
   */
  public static ModelImport random(
      Architecture architecture, long seed, Preprocessing preprocessing, String name) {
    byte[] onnx = RetinaFaceNetwork.onnx(architecture, new RandomParameters(seed));
    Map<String, String> provenance = Map.of(WEIGHTS, "random, seed %d".formatted(seed));
    return tried(onnx, name, preprocessing, provenance);
  }

  private static ModelImport tried(
      byte[] onnx, String name, Preprocessing preprocessing, Map<String, String> provenance) {
    try {
      return ModelImport.ofBuilt(onnx, name, preprocessing, provenance);
    } catch (ModelImportException failure) {
      throw new ModelBuildException(name, String.valueOf(provenance.get(WEIGHTS)), failure);
    }
  }
}
