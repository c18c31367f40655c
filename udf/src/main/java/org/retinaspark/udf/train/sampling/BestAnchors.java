package org.retinaspark.udf.train.sampling;

import java.util.PriorityQueue;
import java.util.function.IntConsumer;

/**
 * The anchors of the highest ranks of all that were offered, so many at most; of equal ranks the
 * earlier anchor. In whatever order they are offered, the same are kept.
 */
final class BestAnchors {

  private static final long INDEX = 0xffff_ffffL;

  private final int limit;

  /** Rank and index in one number that orders as they do: the least is the next to go. */
  private final PriorityQueue<Long> kept = new PriorityQueue<>();

  BestAnchors(int limit) {
    this.limit = limit;
  }

  /** Offers an anchor of a finite number. */
  void offer(int index, float value) {
    int bits = Float.floatToIntBits(value);
    // The bits of negative floats order the other way round.
    offer(index, bits ^ ((bits >> 31) & Integer.MAX_VALUE));
  }

  /** Offers an anchor. */
  void offer(int index, int rank) {
    if (limit == 0) {
      return;
    }
    long key = ((long) rank << Integer.SIZE) | (INDEX - index);
    if (kept.size() < limit) {
      kept.add(key);
    } else if (key > kept.element()) {
      kept.remove();
      kept.add(key);
    }
  }

  int size() {
    return kept.size();
  }

  /** The indices of those that were kept, in no particular order. */
  void forEach(IntConsumer taker) {
    kept.forEach(key -> taker.accept((int) (INDEX - (key & INDEX))));
  }
}
