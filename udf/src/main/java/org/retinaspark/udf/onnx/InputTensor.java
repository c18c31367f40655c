package org.retinaspark.udf.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import java.nio.ByteBuffer;
import org.retinaspark.udf.detect.TensorLayout;

/** Bytes as an input of ONNX Runtime. */
final class InputTensor {

  private InputTensor() {}

  /**
   * A tensor over a direct buffer, which has to outlive it; the caller closes it.
   *
   * @param values from index 0 to the limit, in native byte order
   */
  static OnnxTensor of(TensorLayout layout, ByteBuffer values, long[] shape) throws OrtException {
    OnnxJavaType type =
        switch (layout) {
          case PLANES -> OnnxJavaType.FLOAT;
          case PIXELS -> OnnxJavaType.UINT8;
        };
    return OnnxTensor.createTensor(RuntimeEnvironment.shared(), values, shape, type);
  }
}
