package org.retinaspark.udf.runtime;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Native memory of ours as tensors of ONNX Runtime, so that nothing is copied. */
final class RuntimeTensors {

  /** Where an output begins: on a cache line, as ONNX Runtime's own do. */
  private static final long ALIGNMENT = 64;

  private RuntimeTensors() {}

  /**
   * An input over a direct buffer, which has to outlive it; the caller closes it.
   *
   * @param values from index 0 to the limit, in native byte order
   */
  static OnnxTensor input(ElementType type, ByteBuffer values, long[] shape) throws OrtException {
    OnnxJavaType runtimeType =
        switch (type) {
          case FLOAT -> OnnxJavaType.FLOAT;
          case UINT8 -> OnnxJavaType.UINT8;
        };
    return OnnxTensor.createTensor(RuntimeEnvironment.shared(), values, shape, runtimeType);
  }

  /** Bytes that outputs of these shapes take together. */
  static long outputBytes(Map<String, long[]> shapes) {
    long bytes = 0;
    for (long[] shape : shapes.values()) {
      bytes += aligned(shape);
    }
    return Math.max(1, bytes);
  }

  /**
   * A tensor for each output, for ONNX Runtime to write to; the caller closes them.
   *
   * @param memory of {@link #outputBytes}
   * @param shapes of the outputs, by name
   * @param values gets the same memory as floats, in the order of the shapes
   */
  static Map<String, OnnxTensor> outputs(
      ByteBuffer memory, Map<String, long[]> shapes, List<FloatBuffer> values) throws OrtException {
    Map<String, OnnxTensor> tensors = new LinkedHashMap<>();
    int start = 0;
    try {
      for (Map.Entry<String, long[]> output : shapes.entrySet()) {
        int length = Math.toIntExact(elements(output.getValue()) * Float.BYTES);
        FloatBuffer floats =
            memory.slice(start, length).order(ByteOrder.nativeOrder()).asFloatBuffer();
        tensors.put(
            output.getKey(),
            OnnxTensor.createTensor(RuntimeEnvironment.shared(), floats, output.getValue()));
        values.add(floats);
        start += Math.toIntExact(aligned(output.getValue()));
      }
      return tensors;
    } catch (OrtException | RuntimeException | Error failure) {
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
