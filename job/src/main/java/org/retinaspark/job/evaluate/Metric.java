package org.retinaspark.job.evaluate;

/**
 * One number with all that says what it is.
 *
 * @param subset such as {@code hard}
 * @param dimension what the subset is cut by; {@code all} for the whole
 * @param slice the part; {@code all} for the whole
 * @param name such as {@code ap}
 * @param value as a fraction; NaN where it isn't defined
 * @param faces faces that it is about
 */
public record Metric(
    String subset, String dimension, String slice, String name, double value, long faces) {

  /** Whether the other is the same number of another run. */
  boolean matches(Metric other) {
    return subset.equals(other.subset)
        && dimension.equals(other.dimension)
        && slice.equals(other.slice)
        && name.equals(other.name);
  }
}
