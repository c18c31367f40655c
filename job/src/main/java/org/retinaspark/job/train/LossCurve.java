package org.retinaspark.job.train;

import java.util.List;

/**
 * How a term of the loss went down in a fit.
 *
 * @param round of the fit
 * @param term what lost
 * @param values at the start and after each step; of a fit in one step the two
 */
record LossCurve(int round, String term, List<Double> values) {

  /** Keeps an unmodifiable list. */
  LossCurve {
    values = List.copyOf(values);
  }

  double before() {
    return values.get(0);
  }

  double after() {
    return values.get(values.size() - 1);
  }
}
