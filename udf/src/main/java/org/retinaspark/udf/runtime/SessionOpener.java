package org.retinaspark.udf.runtime;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import ai.onnxruntime.providers.OrtTensorRTProviderOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens a session on a provider, by trying: ONNX Runtime lists CUDA as available wherever the build
 * has it, with a GPU or without, so that only a session that opened tells.
 */
final class SessionOpener {

  private static final Logger LOG = LoggerFactory.getLogger(SessionOpener.class);

  private static final String NO_TF32 = "NVIDIA_TF32_OVERRIDE";

  private final SessionRequest request;
  private final byte[] model;
  private final TensorBudget budget;

  SessionOpener(SessionRequest request, byte[] model, TensorBudget budget) {
    this.request = request;
    this.model = model;
    this.budget = budget;
  }

  Session open(Provider provider) {
    try {
      return attempt(provider);
    } catch (OrtException | UnsatisfiedLinkError failure) {
      if (provider == Provider.CPU) {
        throw new InferenceException(
            "ONNX Runtime can't load model '" + request.model() + "'", failure);
      }
      throw new ProviderUnavailableException(provider, request.device(), failure);
    }
  }

  Session openBest() {
    if (!OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA)) {
      LOG.info("provider auto: cpu, since this build of ONNX Runtime has no CUDA");
      return open(Provider.CPU);
    }
    try {
      return attempt(Provider.CUDA);
    } catch (OrtException | UnsatisfiedLinkError failure) {
      LOG.warn("provider auto: cpu, since CUDA can't be used here: {}", failure.getMessage());
      return open(Provider.CPU);
    }
  }

  private Session attempt(Provider provider) throws OrtException {
    OrtSession.SessionOptions options = new OrtSession.SessionOptions();
    try {
      options.setIntraOpNumThreads(request.threads());
      options.setInterOpNumThreads(1);
      // A spinning thread takes its core from the decoding of the next image.
      options.addConfigEntry("session.intra_op.allow_spinning", "0");
      // Every image may have another size, and a pattern is kept for each.
      options.setMemoryPatternOptimization(false);
      addProvider(provider, options);
      return Session.of(facts(provider), options, model, budget);
    } catch (OrtException | RuntimeException | Error failure) {
      options.close();
      throw failure;
    }
  }

  /** ONNX Runtime has no switch for TensorRT's use of TF32; NVIDIA's libraries have this one. */
  private void requirePrecision() throws OrtException {
    if (request.precision() == SessionRequest.Precision.FLOAT32
        && !"0".equals(System.getenv(NO_TF32))) {
      throw new OrtException(
          "TensorRT would compute with TF32: give --tf32 to allow it, or set "
              + NO_TF32
              + "=0 in the executors' environment, as by --conf spark.executorEnv."
              + NO_TF32
              + "=0");
    }
  }

  private SessionFacts facts(Provider provider) {
    boolean onCpu = provider == Provider.CPU;
    return new SessionFacts(
        provider,
        onCpu ? 0 : request.device(),
        onCpu ? SessionRequest.Precision.FLOAT32 : request.precision(),
        RuntimeEnvironment.shared().getVersion());
  }

  private void addProvider(Provider provider, OrtSession.SessionOptions options)
      throws OrtException {
    if (provider == Provider.TENSORRT) {
      try (OrtTensorRTProviderOptions tensorRt = new OrtTensorRTProviderOptions(request.device())) {
        options.addTensorrt(tensorRt);
        requirePrecision();
      }
    }
    if (provider == Provider.TENSORRT || provider == Provider.CUDA) {
      try (OrtCUDAProviderOptions cuda = new OrtCUDAProviderOptions(request.device())) {
        // The default, EXHAUSTIVE, tunes anew at every input size.
        cuda.add("cudnn_conv_algo_search", "HEURISTIC");
        cuda.add("arena_extend_strategy", "kSameAsRequested");
        cuda.add("use_tf32", request.precision() == SessionRequest.Precision.TF32 ? "1" : "0");
        options.addCUDA(cuda);
      }
    }
  }
}
