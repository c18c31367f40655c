package org.retinaspark.job.detect;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.retinaspark.io.Compression;
import org.retinaspark.io.WritePolicy;
import org.retinaspark.io.images.ImageInputs;
import org.retinaspark.io.images.ReadSettings;
import org.retinaspark.job.progress.ProgressStyle;
import org.retinaspark.udf.detect.Protocol;
import org.retinaspark.udf.detect.Thresholds;
import org.retinaspark.udf.image.DecodeSettings;
import org.retinaspark.udf.onnx.Provider;
import org.retinaspark.udf.onnx.RecognitionOptions;

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
   */
  public record Source(
      ImageInputs inputs,
      @Nullable String split,
      DecodeSettings decoding,
      long maximumBytes,
      long taskBytes,
      Duration retryTime) {

    /**
     * Checks the range.
     *
     * @throws IllegalArgumentException naming the option, its value and what it may be
     */
    public Source {
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
   */
  public record Table(String output, WritePolicy policy, Compression compression) {}

  /**
   * Which model looks for faces, and where it runs.
   *
   * @param model an ONNX file, on any file system of Hadoop
   * @param recognition what the user says of it that the file doesn't
   * @param provider ONNX Runtime's execution provider
   * @param device index of the GPU, where Spark assigns none
   * @param threads threads of one run
   * @param batchSize images that a task gives to the network together
   */
  public record Network(
      String model,
      RecognitionOptions recognition,
      Provider provider,
      int device,
      int threads,
      int batchSize) {}
}
