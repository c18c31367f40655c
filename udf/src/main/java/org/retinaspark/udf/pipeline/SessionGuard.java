package org.retinaspark.udf.pipeline;

import org.retinaspark.udf.detect.InvalidOutputException;
import org.retinaspark.udf.runtime.InferenceException;
import org.retinaspark.udf.runtime.Provider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells an image that the network can't take from a session that has gone bad: after some errors of
 * CUDA every later call of the process fails. Such an executor ends itself, so that Spark replaces
 * it and no image is blamed.
 */
public final class SessionGuard {

  private static final Logger LOG = LoggerFactory.getLogger(SessionGuard.class);

  private final Provider provider;
  private final ImageTrial trial;
  private final Runnable exit;

  /** A guard that tries a bad session once more, and then ends its executor. */
  public SessionGuard(Provider provider, ImageTrial trial, Runnable exit) {
    this.provider = provider;
    this.trial = trial;
    this.exit = exit;
  }

  /**
   * Returns if the session still works, so that the failure was the image's.
   *
   * @throws IllegalStateException if it doesn't, and this is no executor that can be replaced
   */
  void afterFailure(InferenceException failure) throws InterruptedException {
    if (provider == Provider.CPU) {
      return;
    }
    try {
      trial.run();
    } catch (InferenceException | InvalidOutputException bad) {
      LOG.error("the session on {} has gone bad: this executor ends", provider.label(), failure);
      exit.run();
      throw new IllegalStateException(
          "the session on %s has gone bad (%s)".formatted(provider.label(), bad.getMessage()), bad);
    }
  }
}
