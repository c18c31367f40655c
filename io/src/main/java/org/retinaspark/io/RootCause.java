package org.retinaspark.io;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What lies at the bottom of a failure, in one line: the sentence that people need. */
public final class RootCause {

  /** Causes may go round in a circle. */
  private static final int DEEPEST = 50;

  private RootCause() {}

  /** A failure, its cause, the cause of that and so on. */
  public static List<Throwable> chain(Throwable failure) {
    List<Throwable> chain = new ArrayList<>();
    Throwable cause = failure;
    while (cause != null && chain.size() < DEEPEST) {
      chain.add(cause);
      cause = cause.getCause();
    }
    return chain;
  }

  /** The first of all causes. */
  public static Throwable of(Throwable failure) {
    List<Throwable> chain = chain(failure);
    return chain.get(chain.size() - 1);
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
