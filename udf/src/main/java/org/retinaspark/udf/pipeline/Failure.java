package org.retinaspark.udf.pipeline;

import org.retinaspark.udf.detect.InvalidOutputException;
import org.retinaspark.udf.detect.OversizedInputException;
import org.retinaspark.udf.runtime.EngineException;
import org.retinaspark.udf.runtime.InferenceException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Why an image has no faces: the table's column {@code error}.
 *
 * @param stage {@code read}, {@code decode} or {@code infer}
 * @param code one stable lower-case word for programs
 * @param message what went wrong, for people
 */
public record Failure(String stage, String code, String message) {

  /** The code of a fault of ours, which is no fault of the image. */
  public static final String INTERNAL = "internal";

  private static final Logger LOG = LoggerFactory.getLogger(Failure.class);

  private static final int MESSAGE_LIMIT = 1000;

  static final String READ = "read";
  static final String DECODE = "decode";
  static final String INFER = "infer";

  /** Cuts the message to a length that a table of millions of rows can bear. */
  public Failure {
    if (message.length() > MESSAGE_LIMIT) {
      message = message.substring(0, MESSAGE_LIMIT);
    }
  }

  static Failure of(String stage, String code, Throwable cause) {
    String message = cause.getMessage();
    return new Failure(stage, code, message == null ? cause.getClass().getSimpleName() : message);
  }

  /**
   * What a station's failure means for its image.
   *
   * @throws BrokenExecutorException or {@link EngineException}, if it is no image's failure
   */
  static Failure atStation(String image, Throwable cause) {
    if (cause instanceof BrokenExecutorException broken) {
      throw broken;
    }
    if (cause instanceof EngineException ended) {
      throw ended;
    }
    if (cause instanceof FailedImageException failed) {
      return of(INFER, failed.code(), failed);
    }
    if (cause instanceof InvalidOutputException) {
      return of(INFER, "invalid_output", cause);
    }
    if (cause instanceof OversizedInputException) {
      return of(INFER, "input_too_large", cause);
    }
    if (cause instanceof InferenceException) {
      return of(INFER, "run_failed", cause);
    }
    if (cause instanceof OutOfMemoryError) {
      return of(INFER, "out_of_memory", cause);
    }
    return internal(image, cause);
  }

  /**
   * A fault of ours that an image met: the log has the whole of it, the row where it happened.
   *
   * @param image the image's key
   */
  public static Failure internal(String image, Throwable fault) {
    return internal(INFER, image, fault);
  }

  static Failure internal(String stage, String image, Throwable fault) {
    LOG.error("a fault of ours at image '{}'", image, fault);
    StackTraceElement[] trace = fault.getStackTrace();
    return new Failure(
        stage,
        INTERNAL,
        "a fault of RetinaSpark, not of the image: %s%s"
            .formatted(fault, trace.length == 0 ? "" : " at " + trace[0]));
  }
}
