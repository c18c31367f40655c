package org.retinaspark.udf.runtime;

/** An execution provider that was asked for by name and can't be had on this machine. */
public final class ProviderUnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ProviderUnavailableException(Provider provider, int device, Throwable cause) {
    super(
        ("provider '%s' can't be used on device %d of this machine (%s): nothing was read."
                + " It needs an NVIDIA GPU with its driver, CUDA 12 and cuDNN 9%s, and a"
                + " retinaspark.jar built with -Pgpu; --provider auto takes the GPU where there"
                + " is one, --provider cpu never")
            .formatted(
                provider.label(),
                device,
                cause.getMessage(),
                provider == Provider.TENSORRT ? " and TensorRT 10" : ""),
        cause);
  }
}
