package org.retinaspark.udf.pipeline;

/**
 * Why an image has no faces: the table's column {@code error}.
 *
 * @param stage {@code read}, {@code decode} or {@code infer}
 * @param code one stable lower-case word for programs
 * @param message what went wrong, for people
 */
public record Failure(String stage, String code, String message) {

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
}
