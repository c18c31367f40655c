package org.retinaspark.udf.runtime;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * The runs in progress of all sessions of an engine: who hangs is noticed, and before the process
 * ends they are waited for. Safe for use by several threads; a run costs no lock that another run
 * could hold.
 */
final class Runs {

  private final Set<Run> running = ConcurrentHashMap.newKeySet();
  // Held for reading by each run, for writing once nothing may run any more.
  private final ReentrantReadWriteLock gate = new ReentrantReadWriteLock();
  private volatile boolean draining;

  /**
   * Runs something of a session, unless the process is ending.
   *
   * @throws EngineException if it is
   */
  <T> T run(HeldSession session, Supplier<T> work) {
    Run run = new Run(session, System.nanoTime());
    return unlessDraining(
        () -> {
          running.add(run);
          try {
            return work.get();
          } finally {
            running.remove(run);
          }
        });
  }

  /** As a run, but may take as long as it wants. */
  <T> T unlessDraining(Supplier<T> work) {
    if (draining || !gate.readLock().tryLock()) {
      throw new EngineException("this process is ending and runs no network any more");
    }
    try {
      return work.get();
    } finally {
      gate.readLock().unlock();
    }
  }

  /** Tells each session of which a run has taken longer than the limit by now. */
  void check(Duration limit, long now) {
    for (Run run : running) {
      if (now - run.started() > limit.toNanos()) {
        run.session().hangs(limit);
      }
    }
  }

  /**
   * Lets nothing run any more and waits for what does.
   *
   * @return whether nothing runs
   */
  boolean drain(Duration patience) throws InterruptedException {
    draining = true;
    return gate.writeLock().tryLock(patience.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** A run in progress; equal to none but itself. */
  private static final class Run {

    private final HeldSession session;
    private final long started;

    Run(HeldSession session, long started) {
      this.session = session;
      this.started = started;
    }

    HeldSession session() {
      return session;
    }

    long started() {
      return started;
    }
  }
}
