package org.retinaspark.udf.runtime;

import java.io.Serializable;

/**
 * What a session really uses, whatever was asked for.
 *
 * @param provider where it computes; never {@link Provider#AUTO}
 * @param device index of the GPU; 0 on a CPU
 * @param precision of its arithmetic on 32-bit floats
 * @param runtimeVersion of ONNX Runtime
 */
public record SessionFacts(
    Provider provider, int device, SessionRequest.Precision precision, String runtimeVersion)
    implements Serializable {}
