package org.retinaspark.udf.runtime;

import java.util.Locale;

/** Where a session computes: ONNX Runtime's execution providers, as a request or as an answer. */
public enum Provider {
  /** A request only: CUDA where it really works, CPU otherwise. */
  AUTO,
  /** The processor. */
  CPU,
  /** An NVIDIA GPU by CUDA 12 and cuDNN 9. */
  CUDA,
  /** An NVIDIA GPU by TensorRT 10, what it can't do by CUDA. */
  TENSORRT;

  /** The provider's name on the command line and in files. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
