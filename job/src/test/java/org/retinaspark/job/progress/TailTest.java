package org.retinaspark.job.progress;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The end of a run in words. */
class TailTest {

  @Test
  void theLongestImageIsNamed() {
    assertThat(new Tail(20, 3.14, 1.2, new Tail.Slowest("a/giant.jpg", 2.71)))
        .hasToString(
            "the last 5% of the images took 3.1 s, 1.2 core seconds idle; the longest image 2.7 s"
                + " ('a/giant.jpg')");
  }

  @Test
  void whereNothingWasDoneNoneIs() {
    assertThat(new Tail(0, 0, 0, null))
        .hasToString("the last 5% of the images took 0.0 s, 0.0 core seconds idle");
  }
}
