package org.retinaspark.udf.runtime;

/**
 * The engine can't run an input, and the input isn't to blame: a run hangs, the batcher has died,
 * the session is closed or the process is ending. No image may be marked as failed for it; the task
 * fails, and Spark tries it again.
 */
public final class EngineException extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  EngineException(String message) {
    super(message);
  }
}
