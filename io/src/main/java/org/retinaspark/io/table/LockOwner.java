package org.retinaspark.io.table;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/**
 * Who holds a lock, or held it.
 *
 * @param id of this one holding, unlike all others
 * @param host where its driver runs, for people
 * @param process its driver
 * @param application Spark's name for it
 * @param attempt which start of it; 0 in locks of earlier versions
 * @param since when it took the lock, for people
 * @param expirySeconds without a renewal for so long it counts as dead
 * @param released whether it gave the lock back
 */
record LockOwner(
    String id,
    String host,
    DriverProcess process,
    String application,
    int attempt,
    String since,
    long expirySeconds,
    boolean released) {

  /** Needs them all. */
  LockOwner {
    Objects.requireNonNull(id);
    Objects.requireNonNull(host);
    Objects.requireNonNull(process);
    Objects.requireNonNull(application);
    Objects.requireNonNull(since);
  }

  /** This process. */
  static LockOwner here(SparkAttempt attempt, Duration expiry) {
    return new LockOwner(
        UUID.randomUUID().toString(),
        thisHost(),
        DriverProcess.here(),
        attempt.application(),
        attempt.number(),
        Instant.now().toString(),
        expiry.toSeconds(),
        false);
  }

  /** The same, after it gave the lock back. */
  LockOwner afterRelease() {
    return new LockOwner(id, host, process, application, attempt, since, expirySeconds, true);
  }

  /** Whether it is an attempt of the same application that was given up for this one. */
  boolean isBefore(SparkAttempt later) {
    return later.follows(new SparkAttempt(application, attempt));
  }

  /** Whether it is certain that the owner neither writes any more nor will again. */
  boolean hasEnded() {
    return process.hasEnded();
  }

  private static String thisHost() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException nameless) {
      return "a host without a name";
    }
  }

  @Override
  public String toString() {
    return "process %d on %s, application %s, since %s"
        .formatted(process.pid(), host, application, since);
  }
}
