package org.retinaspark.job.train.fit;

/** Hears of a fit while it runs, on the thread that called it. */
@FunctionalInterface
public interface FitProgress {

  /** After each iteration. */
  void step(LossStep step);
}
