package org.retinaspark.job.page;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

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
  public boolean matches(Metric other) {
    return subset.equals(other.subset)
        && dimension.equals(other.dimension)
        && slice.equals(other.slice)
        && name.equals(other.name);
  }

  /** Adds numbers to a report, undefined ones as null. */
  public static void put(List<Metric> numbers, ArrayNode metrics) {
    for (Metric metric : numbers) {
      ObjectNode node = metrics.addObject();
      node.put("subset", metric.subset).put("dimension", metric.dimension);
      node.put("slice", metric.slice).put("name", metric.name);
      node.put("value", Double.isNaN(metric.value) ? null : metric.value);
      node.put("faces", metric.faces);
    }
  }
}
