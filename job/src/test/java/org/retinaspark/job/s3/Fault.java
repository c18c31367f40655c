package org.retinaspark.job.s3;

/** What may go wrong with one request. */
public enum Fault {
  /** Nothing: the request goes through. */
  NONE("", ""),
  /** The store asks for fewer requests. */
  SLOW_DOWN("503 Slow Down", "SlowDown"),
  /** The store has a fault of its own. */
  INTERNAL_ERROR("500 Internal Server Error", "InternalError"),
  /** The connection ends in the middle of the response. */
  CUT("", ""),
  /** The response comes late. */
  LATE("", ""),
  /**
   * The store does as it is asked, whatever the conditions. Needs one that checks no signatures.
   */
  CONDITIONS_IGNORED("", ""),
  /** The key is there, but not for everyone. */
  DENIED("403 Forbidden", "AccessDenied"),
  /** The key was there when it was listed. */
  GONE("404 Not Found", "NoSuchKey");

  private final String status;
  private final String code;

  Fault(String status, String code) {
    this.status = status;
    this.code = code;
  }

  /** Whether the proxy answers itself. */
  boolean isAnswer() {
    return !status.isEmpty();
  }

  String status() {
    return status;
  }

  /** S3's name of the error. */
  String code() {
    return code;
  }
}
