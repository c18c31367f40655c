package org.retinaspark.job;

/** What a command tells the shell. */
public final class ExitStatus {

  /** All done. */
  public static final int DONE = 0;

  /** A fault of ours or of the cluster. */
  public static final int FAULT = 1;

  /** The command line or the configuration is wrong. */
  public static final int USAGE = 2;

  /** The data is wrong: more images failed than {@code --max-failure-rate} allows. */
  public static final int DATA = 3;

  private ExitStatus() {}
}
