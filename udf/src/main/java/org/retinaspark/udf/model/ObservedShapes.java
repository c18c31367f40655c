package org.retinaspark.udf.model;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.retinaspark.udf.detect.InputSize;
import org.retinaspark.udf.detect.Placement;
import org.retinaspark.udf.graph.OnnxFile;
import org.retinaspark.udf.graph.TensorSignature;
import org.retinaspark.udf.runtime.InferenceException;
import org.retinaspark.udf.runtime.TrialSession;

/** The shapes of outputs that a file doesn't declare, seen by running it once on black. */
final class ObservedShapes {

  private static final int SIDE = 320;

  private ObservedShapes() {}

  /**
   * The outputs with the shapes that they had in a run.
   *
   * @throws InferenceException if the model doesn't run
   */
  static List<TensorSignature> of(OnnxFile file, ModelInput input, List<TensorSignature> declared) {
    InputSize size = input.size();
    int batch = fixed(size.batch(), 1);
    int height = fixed(size.height(), SIDE);
    int width = fixed(size.width(), SIDE);
    Placement black = new Placement(width, height, width, height, width, height);
    ByteBuffer tensor = ByteBuffer.allocate(Math.toIntExact(batch * input.layout().bytes(black)));
    try (TrialSession session = TrialSession.open(file.bytes())) {
      Map<String, TrialSession.TrialOutput> outputs =
          session.run(
              input.name(),
              ModelDescription.elementType(input.layout()),
              tensor,
              input.layout().shape(batch, height, width));
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
