package org.retinaspark.udf.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.retinaspark.udf.pipeline.ColourStation;
import org.retinaspark.udf.pipeline.ImageResult;
import org.retinaspark.udf.pipeline.PyramidTask;
import org.retinaspark.udf.pipeline.StationFactory;

/** Images of ten network inputs on their whole way, and the memory that they hold on it. */
@Timeout(120)
class SeveralInputsTest {

  private static final long AMPLE = 256L << 20;
  private static final int TASKS = 3;

  private final ExecutorService threads = Executors.newFixedThreadPool(TASKS);

  @AfterEach
  void end() {
    threads.shutdownNow();
  }

  @Test
  void oneInputIsInMemoryBesideTheOneThatRuns() throws InterruptedException {
    Watch watch = new Watch(AMPLE, true);
    List<ImageResult> results = task(watch, Batching.Mode.NONE, List.of()).results(1);

    assertThat(results).allMatch(result -> result.failure() == null);
    List<Long> sizes = watch.runs.stream().map(run -> run.kind.bytes()).toList();
    List<Long> used = watch.runs.stream().map(Run::used).toList();
    assertThat(sizes).hasSize(PyramidTask.INPUTS);
    for (int input = 0; input + 1 < PyramidTask.INPUTS; input++) {
      assertThat(used.get(input)).isEqualTo(sizes.get(input) + sizes.get(input + 1));
    }
    watch.awaitNothingUsed();
  }

  @ParameterizedTest
  @CsvSource({
    "NONE, 1, false", "NONE, 1, true", "NONE, 200000, true", "NONE, 268435456, true",
    "SHARED, 1, false", "SHARED, 1, true", "SHARED, 200000, true", "SHARED, 268435456, true"
  })
  void everyImageOfEveryTaskIsFinishedHoweverSmallTheBudget(
      Batching.Mode mode, long share, boolean looksFurther) throws Exception {
    List<StationFactory> stations = looksFurther ? List.of(ColourStation.create()) : List.of();
    Watch watch = new Watch(share, false);
    String expected = task(new Watch(AMPLE, false), Batching.Mode.NONE, stations).text(12);
    assertThat(expected).contains("Face[");

    List<Future<String>> done = new ArrayList<>();
    for (int count = 0; count < TASKS; count++) {
      done.add(threads.submit(() -> task(watch, mode, stations).text(12)));
    }
    for (Future<String> text : done) {
      assertThat(text.get()).isEqualTo(expected);
    }
    if (share == 1 && !looksFurther) {
      assertThat(watch.runs).allMatch(run -> run.used == run.kind.bytes());
    }
    watch.awaitNothingUsed();
  }

  @ParameterizedTest
  @EnumSource(
      value = Batching.Mode.class,
      names = {"NONE", "SHARED"})
  void anInputThatTheNetworkRefusesFailsItsImageAndNoOther(Batching.Mode mode)
      throws InterruptedException {
    Watch watch = new Watch(AMPLE, false);
    watch.refused = PyramidTask.SHAPES_OF_ODD_IMAGES;

    List<ImageResult> results = task(watch, mode, List.of()).results(9);

    assertThat(results)
        .extracting(result -> result.failure() == null ? "" : result.failure().code())
        .containsExactly(
            Stream.iterate("", code -> code.isEmpty() ? "run_failed" : "")
                .limit(9)
                .toArray(String[]::new));
    watch.awaitNothingUsed();
  }

  @ParameterizedTest
  @EnumSource(
      value = Batching.Mode.class,
      names = {"NONE", "SHARED"})
  void aTaskThatEndsEarlyGivesEverythingBack(Batching.Mode mode) throws InterruptedException {
    Watch watch = new Watch(AMPLE, false);

    assertThat(task(watch, mode, List.of()).first(50).failure()).isNull();

    watch.awaitNothingUsed();
  }

  private static PyramidTask task(Watch watch, Batching.Mode mode, List<StationFactory> stations) {
    return new PyramidTask(
        (request, model) -> watch.engine.lease(request, model, hung -> {}), mode, stations);
  }

  private record Run(InputKind kind, long used) {}

  /** An engine of which each run of the detector is watched. */
  private static final class Watch {

    private final TensorBudget budget;
    private final Engine engine;
    private final boolean patient;
    private final ConcurrentLinkedQueue<Run> runs = new ConcurrentLinkedQueue<>();
    private volatile List<List<Integer>> refused = List.of();

    /**
     * An engine with so much memory a task.
     *
     * @param patient lets each run wait until the next input has memory
     */
    Watch(long share, boolean patient) {
      this.budget = new TensorBudget(share);
      this.patient = patient;
      this.engine = new Engine(this::open, budget);
    }

    private Network open(SessionRequest request, byte[] model, TensorBudget memory) {
      Network network = Session.open(request, model, memory);
      return request.model().equals(PyramidTask.MODEL) ? new Watched(network) : network;
    }

    void awaitNothingUsed() {
      while (budget.used() > 0) {
        Thread.onSpinWait();
      }
    }

    private final class Watched implements Network {

      private final Network network;

      Watched(Network network) {
        this.network = network;
      }

      @Override
      public BatchOutputs run(InputKind kind, int batch, ByteBuffer tensors) {
        boolean last = runs.size() + 1 == PyramidTask.INPUTS;
        while (patient && !last && budget.used() == kind.bytes()) {
          Thread.onSpinWait();
        }
        runs.add(new Run(kind, budget.used()));
        if (refused.contains(kind.shape())) {
          throw new InferenceException("refused", new IllegalStateException("" + kind.shape()));
        }
        return network.run(kind, batch, tensors);
      }

      @Override
      public SessionFacts facts() {
        return network.facts();
      }

      @Override
      public void close() {
        network.close();
      }
    }
  }
}
