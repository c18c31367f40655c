package org.retinaspark.udf.runtime;

import java.util.function.Consumer;

/**
 * A task's hold on a session of its executor: while one is out, the session stays open. A task that
 * uses two models has two. May be closed by any thread, and twice.
 */
public final class SessionLease implements AutoCloseable {

  private final Engine engine;
  private final HeldSession session;
  private final boolean opened;
  private final Consumer<EngineException> whenHung;

  SessionLease(
      Engine engine, HeldSession session, boolean opened, Consumer<EngineException> whenHung) {
    this.engine = engine;
    this.session = session;
    this.opened = opened;
    this.whenHung = whenHung;
  }

  /** What the session really uses. */
  public SessionFacts facts() {
    return session.facts();
  }

  /** Whether the session was opened for this lease. */
  public boolean opened() {
    return opened;
  }

  /** The task's way to the executor's memory, for so many inputs at once; the caller closes it. */
  public TensorPool tensors(int mostLeases) {
    return engine.tensors(mostLeases);
  }

  HeldSession session() {
    return session;
  }

  void hangs(EngineException reason) {
    whenHung.accept(reason);
  }

  /** Gives the session back; nothing may be submitted or awaited any more. */
  @Override
  public void close() {
    engine.giveBack(this);
  }
}
