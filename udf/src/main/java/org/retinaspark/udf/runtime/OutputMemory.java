package org.retinaspark.udf.runtime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where ONNX Runtime writes the outputs of one run: native memory, so that nothing is copied to the
 * heap but what exceeds the score threshold. Used by one run at a time.
 */
final class OutputMemory {

  /** Where an output begins: on a cache line, as ONNX Runtime's own do. */
  private static final long ALIGNMENT = 64;

  private final TensorMemory memory;

  OutputMemory(TensorMemory memory) {
    this.memory = memory;
  }

  /**
   * A tensor for each output.
   *
   * @param shapes of the outputs, by name
   * @param values gets the same memory as floats, in the order of the shapes
   */
  Map<String, OnnxTensor> tensors(Map<String, long[]> shapes, List<FloatBuffer> values)
      throws OrtException {
    long bytes = 0;
    for (long[] shape : shapes.values()) {
      bytes += aligned(shape);
    }
    ByteBuffer whole = memory.bytes(Math.max(1, bytes));
    Map<String, OnnxTensor> tensors = new LinkedHashMap<>();
    int start = 0;
    try {
      for (Map.Entry<String, long[]> output : shapes.entrySet()) {
        int length = Math.toIntExact(elements(output.getValue()) * Float.BYTES);
        FloatBuffer floats =
            whole.slice(start, length).order(ByteOrder.nativeOrder()).asFloatBuffer();
        tensors.put(
            output.getKey(),
            OnnxTensor.createTensor(RuntimeEnvironment.shared(), floats, output.getValue()));
        values.add(floats);
        start += Math.toIntExact(aligned(output.getValue()));
      }
      return tensors;
    } catch (OrtException | RuntimeException failure) {
      tensors.values().forEach(OnnxTensor::close);
      throw failure;
    }
  }

  private static long aligned(long[] shape) {
    long bytes = elements(shape) * Float.BYTES;
    return (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }

  private static long elements(long[] shape) {
    long elements = 1;
    for (long side : shape) {
      elements = Math.multiplyExact(elements, side);
    }
    return elements;
  }
}
