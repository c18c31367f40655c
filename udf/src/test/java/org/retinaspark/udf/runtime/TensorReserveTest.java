package org.retinaspark.udf.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TensorReserveTest {

  private final TensorBudget.Reserve reserve = new TensorBudget.Reserve();

  @AfterEach
  void free() {
    reserve.close();
  }

  @Test
  void giantsAndWhatExceedsTheReserveAreFreed() {
    TensorMemory giant = new TensorMemory();
    giant.bytes(65L << 20);
    reserve.giveBack(giant);
    assertThat(reserve.take().size()).isZero();

    for (int index = 0; index < 5; index++) {
      TensorMemory memory = new TensorMemory();
      memory.bytes(64L << 20);
      reserve.giveBack(memory);
    }
    List<Long> kept = new ArrayList<>();
    for (int index = 0; index < 5; index++) {
      try (TensorMemory memory = reserve.take()) {
        kept.add(memory.size() >> 20);
      }
    }
    assertThat(kept).containsExactly(64L, 64L, 64L, 64L, 0L);
  }

  @Test
  void aClosedReserveKeepsNothing() {
    TensorMemory late = new TensorMemory();
    late.bytes(1000);
    reserve.close();
    reserve.giveBack(late);
    assertThat(late.size()).isZero();
  }
}
