package org.retinaspark.io.detections;

/** Which lines of a detection file count. */
public enum FileRules {
  /** The announced number of lines; a file that is cut or malformed counts as empty (MATLAB). */
  ANNOUNCED,
  /** Every line that is a detection, whatever the second line announces (Python). */
  EVERY_LINE
}
