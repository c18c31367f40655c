package org.retinaspark.job.measures;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** The first pass over the images: how much there is, the exact score range, and what is wrong. */
public final class Census implements Measure<PairedImage, Census, Census> {

  private static final long serialVersionUID = 1L;

  /** Images that are named for each fault. */
  private static final int EXAMPLES = 3;

  private final EnumMap<DetectionFault, Long> faults = new EnumMap<>(DetectionFault.class);
  private final EnumMap<DetectionFault, TreeSet<String>> examples =
      new EnumMap<>(DetectionFault.class);
  private ScoreRange range = ScoreRange.EMPTY;
  private long images;
  private long faces;

  @Override
  public Census empty() {
    return new Census();
  }

  /** Counts an image of the ground truth with its sound detections, and what is wrong. */
  @Override
  public void update(PairedImage image) {
    image.faults().forEach(fault -> report(fault, image.image(), 1));
    if (image.known()) {
      report(DetectionFault.NOT_FINITE, image.image(), image.broken());
      report(DetectionFault.NEGATIVE_SIZE, image.image(), image.negative());
      report(DetectionFault.SCORE_OUTSIDE_0_TO_1, image.image(), image.outside());
      images++;
      faces += image.truth().faces();
      range = range.update(image.detections().scores());
    }
  }

  private void report(DetectionFault fault, String image, long count) {
    if (count > 0) {
      faults.merge(fault, count, Long::sum);
      name(fault, image);
    }
  }

  @Override
  public void merge(Census other) {
    images += other.images;
    faces += other.faces;
    range = range.merge(other.range);
    other.faults.forEach((fault, count) -> faults.merge(fault, count, Long::sum));
    other.examples.forEach((fault, names) -> names.forEach(name -> name(fault, name)));
  }

  /** The first names in alphabetical order, so that the order of merging changes nothing. */
  private void name(DetectionFault fault, String image) {
    TreeSet<String> names = examples.computeIfAbsent(fault, p -> new TreeSet<>());
    names.add(image);
    if (names.size() > EXAMPLES) {
      names.pollLast();
    }
  }

  /** Itself. */
  @Override
  public Census result() {
    return this;
  }

  /**
   * Checks that what was found can be evaluated.
   *
   * @throws EvaluationException if the dialect or the treatment of bad input forbids it
   */
  public void requireSound(BadInput badInput, Dialect dialect) {
    long duplicates = count(DetectionFault.DUPLICATE_IMAGE);
    long broken = count(DetectionFault.NOT_FINITE);
    if (badInput == BadInput.FAIL && duplicates > 0) {
      throw new EvaluationException(
          "%d images have several rows, such as %s, so it isn't clear which to evaluate; remove the duplicates, or keep one of each with --bad-input drop"
              .formatted(duplicates, examples(DetectionFault.DUPLICATE_IMAGE)));
    }
    if (badInput == BadInput.FAIL && broken > 0) {
      throw new EvaluationException(
          "%d detections have a score or box that is NaN, infinite or null, in images such as %s, and have no place in a ranking; mend the detector, or leave them out with --bad-input drop"
              .formatted(broken, examples(DetectionFault.NOT_FINITE)));
    }
    long missing = count(DetectionFault.MISSING_IMAGE);
    requireMatched(missing);
    if (badInput == BadInput.FAIL) {
      requireReadable(images - missing);
    }
    if (dialect == Dialect.PYTHON && missing > 0) {
      throw new EvaluationException(
          "%d images of the ground truth have no detections file or row, such as %s, which the python dialect doesn't allow; add them, restrict both sides with --images, or use the dialect matlab-double"
              .formatted(missing, examples(DetectionFault.MISSING_IMAGE)));
    }
  }

  private void requireMatched(long missing) {
    long unknown = count(DetectionFault.UNKNOWN_IMAGE);
    if (missing == images && unknown > 0) {
      throw new EvaluationException(
          "none of the %d images of the detections, such as %s, is in the ground truth, which has images such as %s, so there is nothing to evaluate; name them as the ground truth does, and check --split"
              .formatted(
                  unknown,
                  examples(DetectionFault.UNKNOWN_IMAGE),
                  examples(DetectionFault.MISSING_IMAGE)));
    }
  }

  /** An AP of files that weren't understood is one of nothing. */
  private void requireReadable(long files) {
    long cut = count(DetectionFault.CUT_FILE);
    long malformed = count(DetectionFault.MALFORMED_FILE);
    if (2 * (cut + malformed) > files) {
      throw new EvaluationException(
          "of %d detection files %d have fewer lines than they announce or announce no number (such as %s), and %d have lines that aren't five numbers (such as %s), so that an AP would be one of nothing; a file is the image's name, the number of detections and a line \"x y w h score\" each: say with --detection-layout what stands before the boxes, mend the files, or evaluate what is whole with --bad-input drop"
              .formatted(
                  files,
                  cut,
                  examples(DetectionFault.CUT_FILE),
                  malformed,
                  examples(DetectionFault.MALFORMED_FILE)));
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

  /** How often a fault was met. */
  public long count(DetectionFault fault) {
    return faults.getOrDefault(fault, 0L);
  }

  /** Every fault that was met, with its count. */
  public Map<DetectionFault, Long> faults() {
    return Collections.unmodifiableMap(faults);
  }

  /** Some images with a fault, in alphabetical order. */
  public SortedSet<String> examples(DetectionFault fault) {
    return Collections.unmodifiableSortedSet(examples.getOrDefault(fault, new TreeSet<>()));
  }
}
