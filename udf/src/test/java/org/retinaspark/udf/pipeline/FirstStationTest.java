package org.retinaspark.udf.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.retinaspark.udf.detect.Box;
import org.retinaspark.udf.detect.Face;
import org.retinaspark.udf.detect.Point;
import org.retinaspark.udf.image.Pixels;
import org.retinaspark.udf.model.TinyModels;
import org.retinaspark.udf.pipeline.time.StageTimes;
import org.retinaspark.udf.runtime.Batching;
import org.retinaspark.udf.runtime.Engine;
import org.retinaspark.udf.runtime.Inference;
import org.retinaspark.udf.runtime.InputKind;
import org.retinaspark.udf.runtime.Pending;
import org.retinaspark.udf.runtime.Provider;
import org.retinaspark.udf.runtime.SessionLease;
import org.retinaspark.udf.runtime.TensorLease;
import org.retinaspark.udf.runtime.TensorPool;

/**
 * Ten inputs of an image, handed in by one thread and awaited by another, two in memory at most.
 */
@Timeout(60)
class FirstStationTest {

  private static final int MOST = 2;

  private final ExecutorService decoder = Executors.newSingleThreadExecutor();
  private final Engine engine = new Engine();
  private final AtomicInteger handedIn = new AtomicInteger();
  private int refusedFrom = Integer.MAX_VALUE;
  private final DetectSettings settings =
      new PyramidTask((request, model) -> lease(), Batching.Mode.NONE, List.of()).settings();
  private final SessionLease session = lease();
  private final TensorPool tensors = session.tensors(MOST);
  private final Station station = station();

  @AfterEach
  void end() {
    decoder.shutdownNow();
  }

  @Test
  void whatFailsBehindTheFirstInputIsToldToWhoAwaitsThem() throws Exception {
    refusedFrom = 4;
    try (Station.Step step = station.submit(image())) {
      Future<?> rest = handInRest(step);

      assertThatThrownBy(step::finish).hasMessage("it takes no more");
      rest.get();
    }
    assertThatAllMemoryIsBack();
  }

  @Test
  void anImageThatIsGivenUpFillsNoMoreInputs() throws Exception {
    Station.Step step = station.submit(image());
    step.close();

    handInRest(step).get();

    assertThat(handedIn).hasValue(1);
    assertThatAllMemoryIsBack();
  }

  @Test
  void aThreadThatWaitsForMemoryEndsWithItsTask() throws Exception {
    try (Station.Step step = station.submit(image())) {
      Future<?> rest = handInRest(step);
      while (handedIn.get() < MOST) {
        Thread.onSpinWait();
      }
      decoder.shutdownNow();

      assertThatThrownBy(rest::get)
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(InterruptedException.class);
    }
    assertThat(handedIn).hasValue(MOST);
    assertThatAllMemoryIsBack();
  }

  @Test
  void facesThatAreKnownAreNotLookedFor() throws Exception {
    Face face = new Face(0.75f, new Box(1, 2, 3, 4), List.of(new Point(1, 1)));
    ImageInProgress known = image(new ImageInput.Known(40, 30, List.of(face)));
    try (Station.Step step = station.submit(known)) {
      step.handInRest();
      step.finish();
    }
    assertThat(handedIn).hasValue(0);
    assertThat(known.faces()).containsExactly(face);

    ImageInProgress turned = image(new ImageInput.Known(30, 40, List.of(face)));
    try (Station.Step step = station.submit(turned)) {
      Future<?> rest = handInRest(step);
      step.finish();
      rest.get();
    }
    assertThat(handedIn.get()).as("inputs of an image in another frame").isPositive();
    assertThat(turned.faces()).doesNotContain(face);
  }

  private Station station() {
    Inference direct = settings.batching().inference(session);
    SessionGuard guard = new SessionGuard(Provider.CPU, () -> {}, () -> {});
    StageTimes times = new StageTimes();
    return new FirstStation<>(
        new DetectionLook(settings.model(), settings.detector()),
        new StationNetwork(new Counting(direct), tensors, guard, times),
        times);
  }

  private Future<?> handInRest(Station.Step step) {
    return decoder.submit(
        () -> {
          step.handInRest();
          return null;
        });
  }

  private void assertThatAllMemoryIsBack() {
    for (int count = 0; count < MOST; count++) {
      assertThat(tensors.leaseNow(1)).isPresent();
    }
  }

  private SessionLease lease() {
    return engine.lease(settings.session(), TinyModels::pytorchFamily, hung -> {});
  }

  private static ImageInProgress image() {
    return image(null);
  }

  private static ImageInProgress image(ImageInput.@Nullable Known known) {
    ImageInput input =
        new ImageInput("image", null, "file:/image", 1, null, null, List.of(), () -> new byte[1]);
    return ImageInProgress.decoded(
        known == null ? input : input.knowing(known),
        new ImageResult.Frame(40, 30, 1),
        List.of(),
        new Pixels(40, 30, new byte[40 * 30 * Pixels.CHANNELS]));
  }

  /** Counts inputs, and takes no more than some. */
  private final class Counting implements Inference {

    private final Inference inference;

    Counting(Inference inference) {
      this.inference = inference;
    }

    @Override
    public <T> Pending<T> submit(
        TensorLease tensor, InputKind kind, Function<List<FloatBuffer>, T> reader)
        throws InterruptedException {
      if (handedIn.incrementAndGet() >= refusedFrom) {
        throw new IllegalStateException("it takes no more");
      }
      return inference.submit(tensor, kind, reader);
    }
  }
}
