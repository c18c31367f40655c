package org.retinaspark.job.measures;

import java.util.List;

/**
 * The measures of one pass over the images as one measure. An image comes to all of them as the
 * same {@link PairedImage}, so it is decoded, sorted and matched once.
 */
public final class Measures implements Measure<PairedImage, Measures, Measures> {

  private static final long serialVersionUID = 1L;

  private final List<? extends Measure<PairedImage, ?, ?>> measures;

  /**
   * Measures that run together.
   *
   * @throws IllegalArgumentException if two are of one class
   */
  public Measures(List<? extends Measure<PairedImage, ?, ?>> measures) {
    this.measures = List.copyOf(measures);
    if (measures.stream().map(Object::getClass).distinct().count() < measures.size()) {
      throw new IllegalArgumentException(
          "two of the measures %s are of one class, by which results are told apart"
              .formatted(measures));
    }
  }

  @Override
  public Measures empty() {
    return new Measures(measures.stream().map(Measure::empty).toList());
  }

  @Override
  public void update(PairedImage image) {
    measures.forEach(measure -> measure.update(image));
  }

  @Override
  public void merge(Measures other) {
    for (int i = 0; i < measures.size(); i++) {
      merge(measures.get(i), other.measures.get(i));
    }
  }

  /** Measures at the same place are of the same class, since both lists began as one. */
  @SuppressWarnings("unchecked")
  private static <M extends Measure<PairedImage, ?, M>> void merge(
      Measure<PairedImage, ?, M> measure, Measure<PairedImage, ?, ?> other) {
    measure.merge((M) other);
  }

  @Override
  public Measures result() {
    return this;
  }

  /**
   * What one of the measures found.
   *
   * @throws IllegalArgumentException if none is of the class
   */
  public <R> R result(Class<? extends Measure<PairedImage, R, ?>> type) {
    return measures.stream()
        .filter(type::isInstance)
        .map(type::cast)
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("there is no %s here".formatted(type.getName())))
        .result();
  }
}
