package org.retinaspark.job.train.fit;

import java.util.Locale;

/** Where a fit of class, box and landmarks starts, and what its ridge pulls towards. */
public enum FitStart {
  /** At the model's own heads; the ridge pulls weights and biases towards them. */
  MODEL(1),
  /**
   * From nothing: the ridge pulls weights towards zero, and biases are free. Box and landmarks
   * begin at their least-squares fit.
   */
  ZERO(1e-4);

  private final double ridge;

  FitStart(double ridge) {
    this.ridge = ridge;
  }

  /** The ridge that measured best. */
  public double ridge() {
    return ridge;
  }

  /** What it is called on the command line. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
