package org.retinaspark.udf.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.retinaspark.udf.detect.Detector;
import org.retinaspark.udf.detect.Protocol;
import org.retinaspark.udf.detect.Thresholds;
import org.retinaspark.udf.model.ModelDescription;
import org.retinaspark.udf.model.ModelRecognition;
import org.retinaspark.udf.model.RecognitionOptions;
import org.retinaspark.udf.model.TinyModels;
import org.retinaspark.udf.runtime.Engine;
import org.retinaspark.udf.runtime.Inference;
import org.retinaspark.udf.runtime.InferenceException;
import org.retinaspark.udf.runtime.InputKind;
import org.retinaspark.udf.runtime.Pending;
import org.retinaspark.udf.runtime.Pending.Inferred;
import org.retinaspark.udf.runtime.Provider;
import org.retinaspark.udf.runtime.TensorLease;

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
        .isInstanceOf(BrokenExecutorException.class)
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
    ModelDescription model =
        ModelRecognition.describe(
            TinyModels.pytorchFamily(), "tiny.onnx", RecognitionOptions.BY_FILE);
    Detector detector =
        new Detector(model.family(), model.size(), Protocol.ORIGINAL, Thresholds.WIDER_FACE);
    return new SessionGuard(
        provider,
        new ImageTrial(model, detector, inference, () -> new Engine().tensors(1))::run,
        exits::incrementAndGet);
  }

  private static InferenceException failure() {
    return new InferenceException("a run failed", new IllegalStateException("CUDA failure 700"));
  }

  /** A network that finds nothing in the trial's 64 x 64 pixels, which have 168 anchors. */
  private static final class Working implements Inference {

    @Override
    public <T> Pending<T> submit(
        TensorLease tensor, InputKind kind, Function<List<FloatBuffer>, T> reader) {
      List<FloatBuffer> nothing =
          List.of(
              FloatBuffer.allocate(168 * 4),
              FloatBuffer.allocate(168 * 2),
              FloatBuffer.allocate(168 * 10));
      T value = reader.apply(nothing);
      return new Answer<>(tensor, () -> value);
    }
  }

  private static final class Broken implements Inference {

    @Override
    public <T> Pending<T> submit(
        TensorLease tensor, InputKind kind, Function<List<FloatBuffer>, T> reader) {
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
