package org.retinaspark.job.detect;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.retinaspark.job.UsageException;
import org.retinaspark.job.model.ModelCache;
import org.retinaspark.job.model.RecognitionArguments;
import org.retinaspark.udf.runtime.BatchLimits;
import org.retinaspark.udf.runtime.Batching;
import org.retinaspark.udf.runtime.Provider;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of {@code detect} that say which model looks for faces, and where it runs. */
final class NetworkOptions {

  @Option(
      names = "--model",
      paramLabel = "URI",
      description =
          "ONNX file of a RetinaFace or SCRFD (default: the one that 'demo' left in the cache).")
  private @Nullable String model;

  @Mixin private RecognitionArguments recognition = new RecognitionArguments();

  @Option(
      names = "--provider",
      paramLabel = "auto|cpu|cuda|tensorrt",
      defaultValue = "auto",
      description = "Where the network runs; auto takes a GPU that works (default: auto).")
  private Provider provider = Provider.AUTO;

  @Option(
      names = "--device",
      paramLabel = "N",
      defaultValue = "0",
      description = "Index of the GPU, where Spark assigns none to the task (default: 0).")
  private int device;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Threads of one run; every task runs the network at once, so 1 is fastest on a CPU"
              + " (default: 1).")
  private int threads;

  @Option(
      names = "--batching",
      paramLabel = "auto|none|shared",
      defaultValue = "auto",
      description =
          "Whether the tasks of an executor share batches; auto does on a GPU (default: auto).")
  private Batching.Mode batching = Batching.Mode.AUTO;

  @Option(
      names = "--batch-size",
      paramLabel = "N",
      defaultValue = "8",
      description = "Inputs of one size in a shared batch, at most (default: 8).")
  private int batchSize;

  @Option(
      names = "--batch-bytes",
      paramLabel = "BYTES",
      defaultValue = "268435456",
      description = "Bytes of a shared batch's inputs, at most (default: 256 MiB).")
  private long batchBytes;

  @Option(
      names = "--batch-wait",
      paramLabel = "MILLISECONDS",
      defaultValue = "5",
      description = "How long the first input of a shared batch waits for others (default: 5).")
  private int batchWait;

  DetectConfig.Network network() {
    return new DetectConfig.Network(
        model == null ? cachedModel() : model,
        recognition.options(),
        provider,
        device,
        threads,
        new Batching(batching, new BatchLimits(batchSize, batchBytes, batchWait)));
  }

  private static String cachedModel() {
    Path cached = ModelCache.dynamicModel();
    if (!Files.isRegularFile(cached)) {
      throw new UsageException(
          "no model: there is none at %s, and --model is not given: nothing was done."
                  .formatted(cached)
              + " Give an ONNX file with --model FILE, or bring one with 'bin/retinaspark demo'");
    }
    return cached.toUri().toString();
  }
}
