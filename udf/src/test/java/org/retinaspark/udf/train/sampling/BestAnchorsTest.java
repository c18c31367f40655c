package org.retinaspark.udf.train.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class BestAnchorsTest {

  @Property(tries = 200)
  void keepsTheHighestAndOfEqualOnesTheEarlier(
      @ForAll @Size(max = 60) List<@FloatRange(min = -3, max = 3) Float> values,
      @ForAll @IntRange(max = 20) int limit,
      @ForAll Random random) {
    // Coarse, so that many are equal.
    List<Float> ranks = values.stream().map(value -> (float) Math.rint(value) + 0f).toList();
    List<Integer> order = new ArrayList<>(IntStream.range(0, ranks.size()).boxed().toList());
    List<Integer> expected =
        order.stream()
            .sorted(
                Comparator.<Integer>comparingDouble(index -> -ranks.get(index))
                    .thenComparingInt(index -> index))
            .limit(limit)
            .toList();
    Collections.shuffle(order, random);

    BestAnchors best = new BestAnchors(limit);
    order.forEach(index -> best.offer(index, ranks.get(index)));

    List<Integer> kept = new ArrayList<>();
    best.forEach(kept::add);
    assertThat(kept).containsExactlyInAnyOrderElementsOf(expected).hasSize(best.size());
  }
}
