package org.retinaspark.job.doctor;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where Spark runs tasks.
 *
 * @param url as {@code --master} has it; empty if none is named
 */
record SparkMaster(String url) {

  private static final Pattern LOCAL = Pattern.compile("local(?:\\[(\\*|\\d+)(?:,\\d+)?])?");

  /** Whether tasks run in the driver's own process; so it is, too, where no master is named. */
  boolean isLocal() {
    return url.isEmpty() || LOCAL.matcher(url).matches();
  }

  /**
   * Tasks at once in the driver's process; none on a cluster.
   *
   * @param processors of this machine
   */
  int localTasks(int processors) {
    Matcher local = LOCAL.matcher(url);
    if (url.isEmpty()) {
      return processors;
    }
    if (!local.matches()) {
      return 0;
    }
    String threads = local.group(1);
    return threads == null ? 1 : threads.equals("*") ? processors : Integer.parseInt(threads);
  }
}
