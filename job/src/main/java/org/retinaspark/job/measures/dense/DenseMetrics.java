package org.retinaspark.job.measures.dense;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What was found of a set.
 *
 * @param rows {@code [labels]}: how many rows the table has for the image of each label
 * @param unlabelled rows whose image has no label
 * @param examples the first of their keys
 * @param failed labelled images that couldn't be looked at; their faces are missed
 * @param errors by name, as {@link DenseErrors} says
 * @param distributions of the errors of 68 points, by name
 */
public record DenseMetrics(
    List<Integer> rows,
    long unlabelled,
    List<String> examples,
    long failed,
    SortedMap<String, ErrorSums> errors,
    SortedMap<String, ErrorDistribution> distributions) {

  /** Keeps copies. */
  public DenseMetrics {
    rows = List.copyOf(rows);
    examples = List.copyOf(examples);
    errors = Collections.unmodifiableSortedMap(new TreeMap<>(errors));
    distributions = Collections.unmodifiableSortedMap(new TreeMap<>(distributions));
  }

  /** The errors of a name; none where no face had one. */
  public ErrorSums errors(String name) {
    return errors.getOrDefault(name, new ErrorSums());
  }
}
