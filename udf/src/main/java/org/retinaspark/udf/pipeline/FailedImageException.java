package org.retinaspark.udf.pipeline;

/** An image that can't be looked at, through no fault of ours; it becomes a failed row. */
public final class FailedImageException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String code;

  /**
   * A failure of one image.
   *
   * @param code one stable lower-case word for programs
   * @param message what is wrong, the value and the consequence
   */
  public FailedImageException(String code, String message) {
    super(message);
    this.code = code;
  }

  String code() {
    return code;
  }
}
