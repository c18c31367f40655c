package org.retinaspark.job;

/** temporary */
public record Build(String version, String commit) {
  /** temporary */
  public static Build current() {
    return new Build("0", "0");
  }
}
