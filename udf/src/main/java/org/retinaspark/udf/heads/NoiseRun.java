package org.retinaspark.udf.heads;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.SplittableRandom;
import org.retinaspark.udf.detect.InputSize;
import org.retinaspark.udf.model.ModelDescription;
import org.retinaspark.udf.runtime.ElementType;
import org.retinaspark.udf.runtime.InferenceException;
import org.retinaspark.udf.runtime.TrialSession;
import org.retinaspark.udf.runtime.TrialSession.TrialOutput;

/**
 * A run of a model on random numbers of the range that pixels have.
 *
 * @param model what it is
 * @param batch images of the input
 * @param height rows of the input
 * @param width columns of the input
 */
record NoiseRun(ModelDescription model, int batch, int height, int width) {

  private static final int SIDE = 128;
  private static final int LEVELS = 256;
  private static final int COLOURS = 3;
  private static final int SEED = 1;

  /** One that is small and not square, or of the size that the model takes. */
  static NoiseRun of(ModelDescription model) {
    InputSize size = model.size();
    int unit = size.multiple();
    int least = (SIDE + unit - 1) / unit * unit;
    return new NoiseRun(
        model,
        declared(size.batch(), 1),
        declared(size.height(), least),
        declared(size.width(), least + (SIDE / 2 + unit - 1) / unit * unit));
  }

  private static int declared(int size, int otherwise) {
    return size == InputSize.DYNAMIC ? otherwise : size;
  }

  /**
   * The outputs, by name.
   *
   * @throws InferenceException if the model doesn't run
   */
  Map<String, TrialOutput> outputs(byte[] onnx) {
    try (TrialSession session = TrialSession.open(onnx)) {
      return session.run(
          model.input(),
          model.ports().type(),
          tensor(),
          model.format().layout().shape(batch, height, width));
    }
  }

  private ByteBuffer tensor() {
    int count = Math.multiplyExact(Math.multiplyExact(batch * COLOURS, height), width);
    SplittableRandom random = new SplittableRandom(SEED);
    boolean bytes = model.ports().type() == ElementType.UINT8;
    ByteBuffer tensor =
        ByteBuffer.allocate(bytes ? count : Math.multiplyExact(count, Float.BYTES))
            .order(ByteOrder.nativeOrder());
    while (tensor.hasRemaining()) {
      int level = random.nextInt(LEVELS);
      if (bytes) {
        tensor.put((byte) level);
      } else {
        tensor.putFloat(level - LEVELS / 2f);
      }
    }
    return tensor.flip();
  }
}
