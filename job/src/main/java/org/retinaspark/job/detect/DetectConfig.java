package org.retinaspark.job.detect;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.retinaspark.io.images.ImageInputs;
import org.retinaspark.io.reading.ReadSettings;
import org.retinaspark.io.table.Compression;
import org.retinaspark.io.table.TablePolicy;
import org.retinaspark.job.progress.ProgressStyle;
import org.retinaspark.udf.detect.Protocol;
import org.retinaspark.udf.detect.Thresholds;
import org.retinaspark.udf.image.DecodeSettings;
import org.retinaspark.udf.model.RecognitionOptions;
import org.retinaspark.udf.pipeline.PipelineSettings;
import org.retinaspark.udf.runtime.Batching;
import org.retinaspark.udf.runtime.Provider;

/**
 * What {@code detect} is to do.
 *
 * @param source where the images are
 * @param table where the faces go
 * @param network which model looks for them, and where it runs
 * @param protocol how an image becomes network input
 * @param thresholds what becomes of the network's candidates
 * @param maximumFailureRate share of failed images, from 0 to 1, above which the run has failed
 * @param progress how the run tells how far it is
 */
public record DetectConfig(
    Source source,
    Table table,
    Network network,
    Protocol protocol,
    Thresholds thresholds,
    double maximumFailureRate,
    ProgressStyle progress) {

  /**
   * Checks what no part checks for itself.
   *
   * @throws IllegalArgumentException naming the option, its value and what it may be
   */
  public DetectConfig {
    if (!(maximumFailureRate >= 0 && maximumFailureRate <= 1)) {
      throw new IllegalArgumentException(
          "--max-failure-rate is " + maximumFailureRate + ", but must be from 0 to 1");
    }
  }

  /**
   * Where the images are.
   *
   * @param inputs the places, and how they hold images
   * @param split what the table's column of that name says
   * @param decoding how a file becomes pixels
   * @param maximumBytes a larger file is not read
   * @param taskBytes what a task reads, about
   * @param retryTime how long a read that fails for a passing reason is tried again
   * @param pipeline how far a task works ahead
   */
  public record Source(
      ImageInputs inputs,
      @Nullable String split,
      DecodeSettings decoding,
      long maximumBytes,
      long taskBytes,
      Duration retryTime,
      PipelineSettings pipeline) {

    /**
     * Checks the range.
     *
     * @throws IllegalArgumentException naming the option, its value and what it may be
     */
    public Source {
      inputs.locations().forEach(input -> Credentials.requireNone("--input", input));
      if (taskBytes < 1) {
        throw new IllegalArgumentException(
            "--partition-size is " + taskBytes + ", but must be at least 1");
      }
      if (retryTime.isNegative()) {
        throw new IllegalArgumentException(
            "--retry-time is " + retryTime.toSeconds() + ", but must be at least 0");
      }
    }

    /** How executors read. */
    ReadSettings reading() {
      return new ReadSettings(inputs.filter(), inputs.columns(), maximumBytes, retryTime);
    }
  }

  /**
   * Where the faces go.
   *
   * @param output a folder, on any file system of Hadoop
   * @param policy what may become of what stands there
   * @param compression of the Parquet pages
   * @param fileBytes size of the table's files, about
   * @param checkpointImages images whose work a crash loses, about; by the cluster's cores if
   *     absent
   * @param lockExpiry without a sign of life for so long, another run counts as dead
   */
  public record Table(
      String output,
      TablePolicy policy,
      Compression compression,
      long fileBytes,
      @Nullable Integer checkpointImages,
      Duration lockExpiry) {

    /** Default of {@link #fileBytes}: 256 MiB. */
    public static final long FILE_BYTES = 1 << 28;

    /** Default of {@link #lockExpiry}. */
    public static final Duration LOCK_EXPIRY = Duration.ofMinutes(2);

    private static final Duration SHORTEST_EXPIRY = Duration.ofSeconds(10);

    /** A table with the defaults of the command line. */
    public static Table of(String output, TablePolicy policy) {
      return new Table(output, policy, Compression.ZSTD, FILE_BYTES, null, LOCK_EXPIRY);
    }

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException naming the option, its value and what it may be
     */
    public Table {
      Credentials.requireNone("--output", output);
      if (fileBytes < 1) {
        throw new IllegalArgumentException(
            "--file-size is " + fileBytes + ", but must be at least 1");
      }
      if (checkpointImages != null && checkpointImages < 1) {
        throw new IllegalArgumentException(
            "--checkpoint-images is " + checkpointImages + ", but must be at least 1");
      }
      if (lockExpiry.compareTo(SHORTEST_EXPIRY) < 0) {
        throw new IllegalArgumentException(
            "--lock-expiry is %d, but must be at least %d"
                .formatted(lockExpiry.toSeconds(), SHORTEST_EXPIRY.toSeconds()));
      }
    }
  }

  /**
   * Which model looks for faces, and where it runs.
   *
   * @param model an ONNX file, on any file system of Hadoop
   * @param recognition what the user says of it that the file doesn't
   * @param provider ONNX Runtime's execution provider
   * @param device index of the GPU, where Spark assigns none
   * @param threads threads of one run
   * @param batching whether tasks share batches
   */
  public record Network(
      String model,
      RecognitionOptions recognition,
      Provider provider,
      int device,
      int threads,
      Batching batching) {

    /**
     * Checks the model's place.
     *
     * @throws IllegalArgumentException if it holds a password
     */
    public Network {
      Credentials.requireNone("--model", model);
    }
  }
}
