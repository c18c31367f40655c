package org.retinaspark.udf.onnx;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.retinaspark.udf.detect.InputSize;

/** The shapes of outputs that a file doesn't declare, seen by running it once on black. */
final class ObservedShapes {

  private static final int SIDE = 320;
  private static final int CHANNELS = 3;

  private ObservedShapes() {}

  /**
   * The outputs with the shapes that they had in a run.
   *
   * @throws InferenceException if the model doesn't run
   */
  static List<TensorSignature> of(
      OnnxFile file, String input, InputSize size, List<TensorSignature> declared) {
    int batch = fixed(size.batch(), 1);
    int height = fixed(size.height(), SIDE);
    int width = fixed(size.width(), SIDE);
    int values = Math.multiplyExact(Math.multiplyExact(batch * CHANNELS, height), width);
    try (TrialSession session = TrialSession.open(file.bytes())) {
      Map<String, TrialSession.TrialOutput> outputs =
          session.run(
              input, FloatBuffer.allocate(values), new long[] {batch, CHANNELS, height, width});
      List<TensorSignature> observed = new ArrayList<>();
      for (TensorSignature output : declared) {
        TrialSession.TrialOutput seen = outputs.get(output.name());
        observed.add(seen == null ? output : output.observed(seen.shape()));
      }
      return observed;
    }
  }

  private static int fixed(int declared, int otherwise) {
    return declared == InputSize.DYNAMIC ? otherwise : declared;
  }
}
