package org.retinaspark.job.detect;

import org.retinaspark.job.Heading;
import org.retinaspark.job.Size;
import org.retinaspark.job.UsageException;
import org.retinaspark.job.model.ModelCache;
import org.retinaspark.job.model.RecognitionArguments;
import org.retinaspark.job.options.DecidesRows;
import org.retinaspark.udf.catalogue.KnownModel;
import org.retinaspark.udf.model.RecognitionOptions;
import org.retinaspark.udf.runtime.BatchLimits;
import org.retinaspark.udf.runtime.Batching;
import org.retinaspark.udf.runtime.Provider;
import org.retinaspark.udf.runtime.SessionRequest;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of {@code detect} that say which model looks for faces, and where it runs. */
public final class NetworkOptions {

  @Heading("Model")
  @Option(
      names = "--model",
      paramLabel = "URI|NAME",
      defaultValue = KnownModel.DEFAULT,
      description =
          "ONNX file of a RetinaFace, SCRFD, YuNet or CenterFace, or the name of a published one in"
              + " the cache of deploy/fetch-assets: retinaface-mnet025 (MIT), centerface (MIT),"
              + " insightface-mnet025 (non-commercial research only) (default: ${DEFAULT-VALUE}).")
  private String model = KnownModel.DEFAULT;

  @Mixin private RecognitionArguments recognition = new RecognitionArguments();

  @Heading("Where the network runs")
  @Option(
      names = "--provider",
      paramLabel = "auto|cpu|cuda|tensorrt",
      defaultValue = "auto",
      description =
          "Where the network runs; auto takes a GPU that works (default: ${DEFAULT-VALUE}).")
  private Provider provider = Provider.AUTO;

  @Option(
      names = "--mix-providers",
      description =
          "With --resume, go on although the rows that are there come from another provider; their"
              + " scores differ in the last digits, and _run.json names both.")
  private boolean mixProviders;

  @Option(
      names = "--device",
      paramLabel = "N",
      description =
          "Index of the GPU, where Spark assigns none to the task (default: ${DEFAULT-VALUE}).")
  private int device;

  @DecidesRows
  @Option(
      names = "--tf32",
      description =
          "Let an NVIDIA GPU round 32-bit floats to TensorFloat-32, which is faster and less exact"
              + " (default: compute with all their bits).")
  private boolean tf32;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description =
          "Threads of one run; every task runs the network at once, so 1 is fastest on a CPU"
              + " (default: ${DEFAULT-VALUE}).")
  private int threads = 1;

  @Option(
      names = "--batching",
      paramLabel = "auto|none|shared",
      defaultValue = "auto",
      description =
          "Whether the tasks of an executor share batches; auto does on a GPU (default:"
              + " ${DEFAULT-VALUE}).")
  private Batching.Mode batching = Batching.Mode.AUTO;

  @Option(
      names = "--batch-size",
      paramLabel = "N",
      description = "Inputs of one size in a shared batch, at most (default: ${DEFAULT-VALUE}).")
  private int batchSize = BatchLimits.DEFAULT.size();

  @Option(
      names = "--batch-bytes",
      paramLabel = "SIZE",
      converter = Size.class,
      description = "A shared batch's inputs, at most (default: 256m).")
  private long batchBytes = BatchLimits.DEFAULT.bytes();

  @Option(
      names = "--batch-wait",
      paramLabel = "MILLISECONDS",
      description =
          "How long the first input of a shared batch waits for others (default:"
              + " ${DEFAULT-VALUE}).")
  private int batchWait = BatchLimits.DEFAULT.waitMillis();

  /**
   * Checks what is more than a range.
   *
   * @throws IllegalArgumentException naming the option, its value and what it may be
   * @throws UsageException if there is no model
   */
  void requireValid() {
    model();
    recognition();
    batching();
  }

  /**
   * An ONNX file, on any file system of Hadoop.
   *
   * @throws UsageException if it is a name, and the cache doesn't have that model
   */
  public String model() {
    return ModelCache.location(model);
  }

  /** What the user says of the model that its file doesn't. */
  public RecognitionOptions recognition() {
    return recognition.options();
  }

  /**
   * Where and how a network runs.
   *
   * @param model its name, for messages
   * @param sha256 digest of its file
   */
  SessionRequest session(String model, String sha256) {
    return new SessionRequest(
        model,
        sha256,
        provider,
        device,
        tf32 ? SessionRequest.Precision.TF32 : SessionRequest.Precision.FLOAT32,
        threads);
  }

  /** Whether rows of another provider may stand in the same table. */
  boolean mixesProviders() {
    return mixProviders;
  }

  /** Whether tasks share batches. */
  Batching batching() {
    return new Batching(batching, new BatchLimits(batchSize, batchBytes, batchWait));
  }
}
