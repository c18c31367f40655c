package org.retinaspark.udf.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.retinaspark.udf.pipeline.time.StageTimes;
import org.retinaspark.udf.runtime.ElementType;
import org.retinaspark.udf.runtime.Engine;
import org.retinaspark.udf.runtime.Inference;
import org.retinaspark.udf.runtime.InputKind;
import org.retinaspark.udf.runtime.Pending;
import org.retinaspark.udf.runtime.Pending.Inferred;
import org.retinaspark.udf.runtime.Ports;
import org.retinaspark.udf.runtime.Provider;
import org.retinaspark.udf.runtime.TensorLease;
import org.retinaspark.udf.runtime.TensorPool;

@Timeout(60)
class StationNetworkTest {

  private static final Ports PORTS = new Ports("in", ElementType.FLOAT, List.of("out"), 8);

  private final TensorPool two = new Engine().tensors(2);

  @Test
  void anImageOfManyInputsGetsMemoryInTurnBeforeTheNextImage() throws InterruptedException {
    StationNetwork network = network(new Echo());
    StationNetwork.Submission<Float> many = network.submitInTurn(inputs(0, 7));
    StationNetwork.Submission<Float> more = network.submitInTurn(inputs(7, 5));

    assertThat(many.await()).containsExactly(0f, 1f, 2f, 3f, 4f, 5f, 6f);
    assertThat(more.await()).containsExactly(7f, 8f, 9f, 10f, 11f);
  }

  @Test
  void anImageThatIsGivenUpMakesRoomForTheNext() throws InterruptedException {
    StationNetwork network = network(new Echo());
    StationNetwork.Submission<Float> givenUp = network.submitInTurn(inputs(0, 7));
    StationNetwork.Submission<Float> next = network.submitInTurn(inputs(7, 5));

    givenUp.close();

    assertThat(next.await()).containsExactly(7f, 8f, 9f, 10f, 11f);
  }

  @Test
  void memoryThatCouldNotBeHandedInServesTheNextImage() {
    StationNetwork network = network(new Refusing());
    for (int number = 0; number < 3; number++) {
      assertThatThrownBy(() -> network.submit(inputs(0, 1).get(0))).hasMessage("it takes nothing");
      assertThatThrownBy(() -> network.submitInTurn(inputs(0, 2))).hasMessage("it takes nothing");
    }
  }

  @Test
  void anInputThatNoBufferHoldsFailsItsImage() {
    InputKind giant = new InputKind(PORTS, List.of(3, 20_000, 20_000));

    assertThatThrownBy(() -> new StationNetwork.Input<>(giant, tensor -> {}, outputs -> 0f))
        .isInstanceOf(FailedImageException.class)
        .hasMessageContaining("[3, 20000, 20000] takes 4800000000 bytes");
  }

  private StationNetwork network(Inference inference) {
    SessionGuard guard =
        new SessionGuard(
            Provider.CPU,
            () -> {
              throw new AssertionError("a processor needs no trial");
            },
            () -> {});
    return new StationNetwork(inference, two, guard, new StageTimes());
  }

  private static List<StationNetwork.Input<Float>> inputs(int from, int count) {
    List<StationNetwork.Input<Float>> inputs = new ArrayList<>();
    IntStream.range(from, from + count)
        .forEach(
            number ->
                inputs.add(
                    new StationNetwork.Input<>(
                        new InputKind(PORTS, List.of(1)),
                        tensor -> tensor.putFloat(0, number),
                        outputs -> outputs.get(0).get(0))));
    return inputs;
  }

  /** A network whose output is its input. */
  private static final class Echo implements Inference {

    @Override
    public <T> Pending<T> submit(
        TensorLease tensor, InputKind kind, Function<List<FloatBuffer>, T> reader) {
      return new Pending<>() {
        @Override
        public Inferred<T> await() {
          try (tensor) {
            return new Inferred<>(reader.apply(List.of(tensor.buffer().asFloatBuffer())), 0, 0);
          }
        }

        @Override
        public void close() {
          tensor.close();
        }
      };
    }
  }

  /** A network that has gone. */
  private static final class Refusing implements Inference {

    @Override
    public <T> Pending<T> submit(
        TensorLease tensor, InputKind kind, Function<List<FloatBuffer>, T> reader) {
      throw new IllegalStateException("it takes nothing");
    }
  }
}
