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
final class SessionGuard {

  private static final Logger LOG = LoggerFactory.getLogger(SessionGuard.class);

  private final Provider provider;
  private final Trial trial;
  private final Runnable exit;

  /** Shows whether the session works. */
  @FunctionalInterface
  interface Trial {

    /**
     * Runs the network.
     *
     * @throws InferenceException if it fails
     * @throws InvalidOutputException if it gives nonsense
     */
    void run() throws InterruptedException;
  }

  /** A guard that tries a bad session once more, and then ends its executor. */
  SessionGuard(Provider provider, Trial trial, Runnable exit) {
    this.provider = provider;
    this.trial = trial;
    this.exit = exit;
  }

  /**
   * Returns if the session still works, so that the failure was the image's.
   *
   * @throws BrokenExecutorException if it doesn't, and this is no executor that can be replaced
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
      throw new BrokenExecutorException(
          "the session on %s has gone bad (%s)".formatted(provider.label(), bad.getMessage()), bad);
    }
  }
}
