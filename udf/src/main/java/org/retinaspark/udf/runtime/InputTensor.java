package org.retinaspark.udf.runtime;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import java.nio.ByteBuffer;

/** Bytes as an input of ONNX Runtime. */
final class InputTensor {

  private InputTensor() {}

  /**
   * A tensor over a direct buffer, which has to outlive it; the caller closes it.
   *
   * @param values from index 0 to the limit, in native byte order
   */
  static OnnxTensor of(ElementType type, ByteBuffer values, long[] shape) throws OrtException {
    OnnxJavaType runtimeType =
        switch (type) {
          case FLOAT -> OnnxJavaType.FLOAT;
          case UINT8 -> OnnxJavaType.UINT8;
        };
    return OnnxTensor.createTensor(RuntimeEnvironment.shared(), values, shape, runtimeType);
  }
}
