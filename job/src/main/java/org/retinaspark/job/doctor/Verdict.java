package org.retinaspark.job.doctor;

import java.util.Locale;

/** How bad it is. */
enum Verdict {
  /** As it should be. */
  OK,
  /** A run works, but slower or with fewer formats than it could, or only at first. */
  WARNING,
  /** A run can't work. */
  PROBLEM;

  /** As it is printed. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
