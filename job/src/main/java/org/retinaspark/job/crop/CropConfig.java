package org.retinaspark.job.crop;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.retinaspark.io.WritePolicy;
import org.retinaspark.io.crops.CropFormat;
import org.retinaspark.job.Invocation;
import org.retinaspark.udf.image.ImageEncoding;

/**
 * What {@code crop} is to do.
 *
 * @param detections the table
 * @param input where each input of the run that made the table lies now; none if where it did
 * @param output the folder for the crops
 * @param policy what may become of crops that stand there
 * @param format how crops are stored
 * @param fileBytes of a file or shard, about
 * @param template a name, or where a file of points is
 * @param size pixels of a crop's side
 * @param margin what is added around the template on each side, as a share of its side
 * @param sampling how a crop is made of larger faces
 * @param encoding the crop's file
 * @param filter which faces are wanted
 * @param limit images, the first by key; absent for all
 * @param maximumFailureRate share of wanted faces without a crop above which nothing is published
 * @param taskBytes what a task reads, about
 * @param retryTime how long a read is tried again that fails for a passing reason
 * @param invocation the command line
 */
public record CropConfig(
    String detections,
    List<String> input,
    String output,
    WritePolicy policy,
    CropFormat format,
    long fileBytes,
    String template,
    int size,
    double margin,
    CropSampling sampling,
    ImageEncoding encoding,
    FaceFilter filter,
    @Nullable Integer limit,
    double maximumFailureRate,
    long taskBytes,
    Duration retryTime,
    Invocation invocation) {

  private static final double WIDEST = 10;

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException naming the option, its value and what it may be
   */
  public CropConfig {
    input = List.copyOf(input);
    if (size < CropSettings.SMALLEST || size > CropSettings.LARGEST) {
      throw new IllegalArgumentException(
          "--size is %d, but must be from %d to %d"
              .formatted(size, CropSettings.SMALLEST, CropSettings.LARGEST));
    }
    if (!(margin >= 0 && margin <= WIDEST)) {
      throw new IllegalArgumentException("--margin is " + margin + ", but must be from 0 to 10");
    }
    if (limit != null && limit < 1) {
      throw new IllegalArgumentException("--limit is " + limit + ", but must be at least 1");
    }
    if (!(maximumFailureRate >= 0 && maximumFailureRate <= 1)) {
      throw new IllegalArgumentException(
          "--max-failure-rate is " + maximumFailureRate + ", but must be from 0 to 1");
    }
    if (fileBytes < 1) {
      throw new IllegalArgumentException(
          "--file-size is " + fileBytes + ", but must be at least 1");
    }
    if (taskBytes < 1) {
      throw new IllegalArgumentException(
          "--partition-size is " + taskBytes + ", but must be at least 1");
    }
    if (retryTime.isNegative()) {
      throw new IllegalArgumentException(
          "--retry-time is " + retryTime.toSeconds() + ", but must be at least 0");
    }
  }
}
