package org.retinaspark.udf.heads;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.retinaspark.udf.detect.AnchorLevel;
import org.retinaspark.udf.model.ModelDescription;
import org.retinaspark.udf.model.ModelRecognition;
import org.retinaspark.udf.model.RecognitionOptions;
import org.retinaspark.udf.network.Architecture;
import org.retinaspark.udf.network.Backbone;
import org.retinaspark.udf.network.HeadWeights;
import org.retinaspark.udf.network.Mesh;
import org.retinaspark.udf.network.RandomParameters;
import org.retinaspark.udf.network.RetinaFaceNetwork;
import org.retinaspark.udf.network.Sampling;
import org.retinaspark.udf.runtime.TrialSession.TrialOutput;

/** Models whose heads are known, and what they say of noise. */
final class HeadModels {

  private HeadModels() {}

  /** biubug6's network with random weights. */
  static byte[] pytorch() {
    return RetinaFaceNetwork.onnx(
        Architecture.pytorch(Backbone.MOBILENET_025), new RandomParameters(1));
  }

  /** Four levels of 16 channels with random weights. */
  static byte[] retinaface(HeadWeights heads, int stages, Mesh... meshes) {
    List<AnchorLevel> anchors =
        List.of(
            new AnchorLevel(4, List.of(16f, 20f, 25f)),
            new AnchorLevel(8, List.of(32f, 40f, 50f)),
            new AnchorLevel(16, List.of(64f, 80f, 100f)),
            new AnchorLevel(32, List.of(128f, 160f, 200f)));
    Architecture architecture =
        new Architecture(
            Backbone.MOBILENET_025, anchors, 16, Sampling.REGULAR, heads, stages, List.of(meshes));
    return RetinaFaceNetwork.onnx(architecture, new RandomParameters(1));
  }

  static byte[] shared(String name) throws IOException {
    Path shared = Path.of(System.getProperty("retinaspark.shared", "absent"));
    assumeTrue(Files.isDirectory(shared.resolve("widerface")), "no reference data in " + shared);
    return Files.readAllBytes(shared.resolve("models").resolve(name));
  }

  static ModelDescription described(byte[] onnx) {
    return ModelRecognition.describe(onnx, "a.onnx", RecognitionOptions.BY_FILE);
  }

  static TrainableModel trainable(byte[] onnx) {
    return TrainableModel.of(onnx, described(onnx));
  }

  /** The outputs of two images of a size, by name. */
  static Map<String, TrialOutput> run(byte[] onnx, ModelDescription model, int height, int width) {
    return new NoiseRun(model, 2, height, width).outputs(onnx);
  }

  static float[] values(Map<String, TrialOutput> outputs, String name) {
    FloatBuffer values = Objects.requireNonNull(outputs.get(name)).values();
    float[] copy = new float[values.limit()];
    values.get(0, copy);
    return copy;
  }
}
