package org.retinaspark.job.eval;

import java.io.Serializable;

/**
 * A part of the ground truth that gets numbers of its own.
 *
 * @param dimension what is cut by: {@code all}, {@code event}, {@code blur}, {@code height}, ...
 * @param value which part: {@code 0--Parade}, {@code heavy}, {@code 16-32}, ...
 */
public record Slice(String dimension, String value) implements Serializable {

  /** Everything. */
  public static final Slice ALL = new Slice("all", "all");
}
