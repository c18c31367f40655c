package org.retinaspark.udf.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.retinaspark.udf.detect.ClassOutput;
import org.retinaspark.udf.detect.Detector;
import org.retinaspark.udf.detect.InputSize;
import org.retinaspark.udf.detect.NetworkOutput;
import org.retinaspark.udf.detect.Placement;
import org.retinaspark.udf.detect.Protocol;
import org.retinaspark.udf.detect.PyTorchFamily;
import org.retinaspark.udf.detect.Thresholds;
import org.retinaspark.udf.onnx.Inference;
import org.retinaspark.udf.onnx.InferenceException;
import org.retinaspark.udf.onnx.Inferred;
import org.retinaspark.udf.onnx.Pending;
import org.retinaspark.udf.onnx.Provider;
import org.retinaspark.udf.onnx.TensorLease;

class SessionGuardTest {

  private final AtomicInteger exits = new AtomicInteger();

  @Test
  void blamesTheImageWhileTheSessionWorks() {
    assertThatCode(() -> guard(Provider.CUDA, new Working()).afterFailure(failure()))
        .doesNotThrowAnyException();
    assertThat(exits).hasValue(0);
  }

  @Test
  void takesTheExecutorOutWhoseSessionHasGoneBad() {
    assertThatThrownBy(() -> guard(Provider.CUDA, new Broken()).afterFailure(failure()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("the session on cuda has gone bad");
    assertThat(exits).hasValue(1);
  }

  @Test
  void aProcessorDoesNotGoBad() {
    assertThatCode(() -> guard(Provider.CPU, new Broken()).afterFailure(failure()))
        .doesNotThrowAnyException();
    assertThat(exits).hasValue(0);
  }

  private SessionGuard guard(Provider provider, Inference inference) {
    InputSize any = new InputSize(InputSize.DYNAMIC, InputSize.DYNAMIC, InputSize.DYNAMIC);
    Detector detector =
        new Detector(
            new PyTorchFamily(PyTorchFamily.INPUT, ClassOutput.PROBABILITIES),
            any,
            Protocol.ORIGINAL,
            Thresholds.WIDER_FACE);
    return new SessionGuard(provider, new ImageTrial(detector, inference), exits::incrementAndGet);
  }

  private static InferenceException failure() {
    return new InferenceException("a run failed", new IllegalStateException("CUDA failure 700"));
  }

  /** A network that finds nothing in the trial's 64 x 64 pixels, which have 168 anchors. */
  private static final class Working implements Inference {

    @Override
    public <T> Pending<T> submit(
        TensorLease tensor, Placement placement, Function<NetworkOutput, T> reader) {
      List<FloatBuffer> nothing =
          List.of(
              FloatBuffer.allocate(168 * 4),
              FloatBuffer.allocate(168 * 2),
              FloatBuffer.allocate(168 * 10));
      T value = reader.apply(new NetworkOutput(placement, nothing));
      return new Answer<>(tensor, () -> value);
    }
  }

  private static final class Broken implements Inference {

    @Override
    public <T> Pending<T> submit(
        TensorLease tensor, Placement placement, Function<NetworkOutput, T> reader) {
      return new Answer<>(
          tensor,
          () -> {
            throw failure();
          });
    }
  }

  private record Answer<T>(TensorLease tensor, java.util.function.Supplier<T> value)
      implements Pending<T> {

    @Override
    public Inferred<T> await() {
      return new Inferred<>(value.get(), 0, 0);
    }

    @Override
    public void close() {
      tensor.close();
    }
  }
}
