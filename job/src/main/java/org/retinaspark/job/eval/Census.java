package org.retinaspark.job.eval;

import java.io.Serializable;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The first pass over the images: how much there is, the exact score range, and what is wrong.
 * Update, merge, result.
 */
public final class Census implements Serializable {

  private static final long serialVersionUID = 1L;

  /** Images that are named for each problem. */
  private static final int EXAMPLES = 3;

  private final EnumMap<Problem, Long> problems = new EnumMap<>(Problem.class);
  private final EnumMap<Problem, TreeSet<String>> examples = new EnumMap<>(Problem.class);
  private ScoreRange range = ScoreRange.EMPTY;
  private long images;
  private long faces;

  /** Counts an image of the ground truth with its sound detections. */
  public void update(Truth truth, Detections detections) {
    images++;
    faces += truth.faces();
    range = range.update(detections.scores());
  }

  /** Counts a problem. */
  public void report(Problem problem, String image, long count) {
    if (count > 0) {
      problems.merge(problem, count, Long::sum);
      name(problem, image);
    }
  }

  /** Adds the census of other images. */
  public void merge(Census other) {
    images += other.images;
    faces += other.faces;
    range = range.merge(other.range);
    other.problems.forEach((problem, count) -> problems.merge(problem, count, Long::sum));
    other.examples.forEach((problem, names) -> names.forEach(name -> name(problem, name)));
  }

  /** The first names in alphabetical order, so that the order of merging changes nothing. */
  private void name(Problem problem, String image) {
    TreeSet<String> names = examples.computeIfAbsent(problem, p -> new TreeSet<>());
    names.add(image);
    if (names.size() > EXAMPLES) {
      names.pollLast();
    }
  }

  /** The range of the scores that are evaluated. */
  public ScoreRange range() {
    return range;
  }

  /** Images of the ground truth. */
  public long images() {
    return images;
  }

  /** Annotated faces, of every subset and none. */
  public long faces() {
    return faces;
  }

  /** How often a problem was met. */
  public long count(Problem problem) {
    return problems.getOrDefault(problem, 0L);
  }

  /** Every problem that was met, with its count. */
  public Map<Problem, Long> problems() {
    return Collections.unmodifiableMap(problems);
  }

  /** Some images with a problem, in alphabetical order. */
  public SortedSet<String> examples(Problem problem) {
    return Collections.unmodifiableSortedSet(examples.getOrDefault(problem, new TreeSet<>()));
  }
}
