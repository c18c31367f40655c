package org.retinaspark.job.measures;

import java.io.Serializable;

/**
 * A part of the ground truth that gets numbers of its own.
 *
 * @param dimension what is cut by: {@code all}, {@code event}, {@code blur}, {@code height}, ...
 * @param value which part: {@code 0--Parade}, {@code heavy}, {@code 16-32}, ...
 */
public record FaceSlice(String dimension, String value) implements Serializable {

  /** Everything. */
  public static final FaceSlice ALL = new FaceSlice("all", "all");
}
