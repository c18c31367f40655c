package org.retinaspark.udf.runtime;

import java.io.Serializable;
import java.util.Locale;

/**
 * What a task asks of its executor's sessions.
 *
 * @param model name of the model, for messages
 * @param sha256 digest of its file, 64 lower-case hexadecimal digits
 * @param provider where to compute
 * @param device index of the GPU, if there is one to be used
 * @param precision of the arithmetic on 32-bit floats
 * @param threads threads of one run (intra-op); one a run and as many runs as cores is the fastest
 *     on a CPU
 */
public record SessionRequest(
    String model, String sha256, Provider provider, int device, Precision precision, int threads)
    implements Serializable {

  /** How exactly a GPU computes with 32-bit floats. */
  public enum Precision {
    /** With all their 24 bits. */
    FLOAT32,
    /** TensorFloat-32: with 11 bits of their mantissa, faster on NVIDIA's GPUs since Ampere. */
    TF32;

    /** The precision's name on the command line and in files. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException naming the option, its value and what it may be
   */
  public SessionRequest {
    if (device < 0) {
      throw new IllegalArgumentException("--device is " + device + ", but must be at least 0");
    }
    if (threads < 1) {
      throw new IllegalArgumentException("--threads is " + threads + ", but must be at least 1");
    }
  }

  /** The same request for another device. */
  public SessionRequest on(int otherDevice) {
    return new SessionRequest(model, sha256, provider, otherDevice, precision, threads);
  }
}
