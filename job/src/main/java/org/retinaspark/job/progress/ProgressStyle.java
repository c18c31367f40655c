package org.retinaspark.job.progress;

/** How a run reports its progress. */
public enum ProgressStyle {
  /** A line that rewrites itself on a terminal, log lines elsewhere. */
  AUTO,
  /** A line that rewrites itself. */
  TERMINAL,
  /** A log line every half minute. */
  LOG,
  /** Nothing. */
  NONE;

  /** Set by {@code bin/retinaspark}, which can ask what Java can't. */
  private static final String TERMINAL_PROPERTY = "retinaspark.terminal";

  ProgressStyle resolved() {
    if (this != AUTO) {
      return this;
    }
    return Boolean.getBoolean(TERMINAL_PROPERTY) ? TERMINAL : LOG;
  }
}
