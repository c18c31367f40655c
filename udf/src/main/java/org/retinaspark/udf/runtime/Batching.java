package org.retinaspark.udf.runtime;

import java.io.Serializable;

/**
 * How inputs get to the network.
 *
 * @param mode whether tasks share batches
 * @param limits when a shared batch leaves
 */
public record Batching(Mode mode, BatchLimits limits) implements Serializable {

  /** What the command line offers. */
  public enum Mode {
    /** {@link #SHARED} on a GPU, {@link #NONE} on a CPU. */
    AUTO,
    /** Each task runs its inputs itself, one by one. */
    NONE,
    /** One thread an executor runs the inputs of all tasks in batches. */
    SHARED;

    /** The mode's name on the command line and in files. */
    public String label() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /** What suits the provider, with the default limits. */
  public static final Batching DEFAULT = new Batching(Mode.AUTO, BatchLimits.DEFAULT);

  /** The way to a session; all tasks of a JVM that share one share its batcher too. */
  public Inference inference(SessionLease lease) {
    return isShared(lease) ? lease.session().batched(limits) : lease.session().direct();
  }

  /**
   * How many inputs a task prepares before the first of them is done: enough for a batch of its
   * own, if no other task helps to fill it, and one more to be ready when that is done.
   */
  public int ahead(SessionLease lease) {
    return isShared(lease) ? limits.size() + 1 : 2;
  }

  private boolean isShared(SessionLease lease) {
    return switch (mode) {
      case AUTO -> lease.facts().provider() != Provider.CPU;
      case NONE -> false;
      case SHARED -> true;
    };
  }
}
