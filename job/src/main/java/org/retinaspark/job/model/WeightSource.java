package org.retinaspark.job.model;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a network's numbers come from.
 *
 * @param file of weights; empty where they are random
 * @param seed of random ones
 */
public record WeightSource(Optional<Path> file, long seed) {

  /** Those of a file. */
  public static WeightSource of(Path file) {
    return new WeightSource(Optional.of(file), 0);
  }

  /** Random ones. */
  public static WeightSource random(long seed) {
    return new WeightSource(Optional.empty(), seed);
  }
}
