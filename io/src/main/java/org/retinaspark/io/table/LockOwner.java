package org.retinaspark.io.table;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.UUID;

/**
 * Who holds a lock.
 *
 * @param id of this one holding, unlike all others
 * @param host where its driver runs
 * @param pid its driver's process
 * @param application Spark's name for it
 * @param since when it took the lock
 */
record LockOwner(String id, String host, long pid, String application, String since) {

  private static final String UNKNOWN = "unknown";

  /** This process. */
  static LockOwner here(String application, String since) {
    return new LockOwner(
        UUID.randomUUID().toString(),
        thisHost(),
        ProcessHandle.current().pid(),
        application,
        since);
  }

  /** An owner whose file is being rewritten just now, or was torn. */
  static LockOwner unknown() {
    return new LockOwner("", UNKNOWN, 0, UNKNOWN, UNKNOWN);
  }

  /** Whether this machine knows that the owner's process has ended. */
  boolean hasDied() {
    return !host.equals(UNKNOWN)
        && host.equals(thisHost())
        && ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty();
  }

  private static String thisHost() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException nameless) {
      return UNKNOWN;
    }
  }

  @Override
  public String toString() {
    return "process %d on %s, application %s, since %s".formatted(pid, host, application, since);
  }
}
