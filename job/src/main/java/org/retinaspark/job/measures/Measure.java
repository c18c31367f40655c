package org.retinaspark.job.measures;

import java.io.Serializable;

/**
 * Something that is computed over a set by sums over its parts: each part of a set is counted where
 * it lies, and the counts are merged in any order to the same result, to the last bit. Its memory
 * doesn't grow with the set.
 *
 * <p>A measure that needs what an earlier pass found takes it in its constructor, in a type that
 * only that pass gives: {@link Normalisation} comes from the {@link Census}, {@link OperatingPoint}
 * from {@link PrecisionRecall}, {@link CocoRanking} from {@link CocoBins}. One that needs nothing
 * of the kind may run in any pass.
 *
 * @param <I> what it looks at, mostly {@link PairedImage}
 * @param <R> what it finds
 * @param <M> its own type
 */
public interface Measure<I, R, M extends Measure<I, R, M>> extends Serializable {

  /** The same measure of nothing yet. */
  M empty();

  /** Looks at one more. */
  void update(I input);

  /** Takes in what the same measure found elsewhere, which is not used afterwards. */
  void merge(M other);

  /** What was found so far. */
  R result();
}
