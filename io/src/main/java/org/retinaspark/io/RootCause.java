package org.retinaspark.io;

import java.io.IOException;

/** What lies at the bottom of a failure, in one line: the sentence that people need. */
public final class RootCause {

  /** Causes may go round in a circle. */
  private static final int DEEPEST = 50;

  private RootCause() {}

  /** The first of all causes. */
  public static Throwable of(Throwable failure) {
    Throwable root = failure;
    for (int depth = 0; depth < DEEPEST && root.getCause() != null; depth++) {
      root = root.getCause();
    }
    return root;
  }

  /** What it says, and its kind, which often says more: denied access has a path as its message. */
  public static String text(Throwable failure) {
    Throwable root = of(failure);
    String message = String.valueOf(root.getMessage()).strip().lines().findFirst().orElse("");
    String kind = root.getClass().getSimpleName();
    return root.getClass() == IOException.class || message.contains(kind)
        ? message
        : kind + ": " + message;
  }
}
