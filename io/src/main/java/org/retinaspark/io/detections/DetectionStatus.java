package org.retinaspark.io.detections;

/** What became of one image's detections. */
public enum DetectionStatus {
  /** All as it should be. */
  OK(0),
  /** The image couldn't be processed; it has no detections. */
  FAILED(1),
  /** The text file has fewer lines than it announces. */
  CUT(2),
  /** The text file has lines that aren't detections. */
  MALFORMED(3),
  /** The text file has more lines than it announces. */
  EXCEEDING(4),
  /**
   * The text file has a header of one line or none, and was told to be a detection file by that.
   */
  HEADERLESS(5),
  /** The text file has lines of more than five columns. */
  WIDE(6);

  private final int code;

  DetectionStatus(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  static DetectionStatus of(int code) {
    for (DetectionStatus status : values()) {
      if (status.code == code) {
        return status;
      }
    }
    throw new IllegalArgumentException("no detection status has the code " + code);
  }
}
