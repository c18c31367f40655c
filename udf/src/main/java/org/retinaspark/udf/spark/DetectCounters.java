package org.retinaspark.udf.spark;

import java.io.Serializable;
import org.apache.spark.SparkContext;
import org.apache.spark.util.LongAccumulator;

/**
 * What running tasks tell of themselves, by Spark's accumulators. A task that is repeated counts
 * twice, so these are for watching a run; what a run did is counted in its table.
 *
 * @param images images done, failed ones included
 * @param failed images that failed
 * @param faces faces found
 * @param sessions ONNX Runtime sessions opened
 */
public record DetectCounters(
    LongAccumulator images, LongAccumulator failed, LongAccumulator faces, LongAccumulator sessions)
    implements Serializable {

  /** Name of the accumulator of {@link #images}. */
  public static final String IMAGES = "retinaspark.images";

  /** Name of the accumulator of {@link #failed}. */
  public static final String FAILED = "retinaspark.failed";

  /** Name of the accumulator of {@link #faces}. */
  public static final String FACES = "retinaspark.faces";

  private static final String SESSIONS = "retinaspark.sessions";

  /** Registers new counters with a Spark application. */
  public static DetectCounters register(SparkContext spark) {
    return new DetectCounters(
        spark.longAccumulator(IMAGES),
        spark.longAccumulator(FAILED),
        spark.longAccumulator(FACES),
        spark.longAccumulator(SESSIONS));
  }

  void count(ImageResult result) {
    images.add(1);
    failed.add(result.failure() == null ? 0 : 1);
    faces.add(result.faces().size());
  }
}
