package org.retinaspark.udf.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** What is told of a run's end, by clocks that the test sets. */
class TimelineTest {

  private static final long START = 1_700_000_000_000L;

  @Test
  void theEndOfARunIsWhatComesAfterMostOfItsImages() {
    Timeline run = Timeline.ofRun();
    Timeline even = Timeline.ofTask(START);
    for (int image = 1; image <= 19; image++) {
      even.done("small-" + image, START + 100L * image);
    }
    even.end(START + 1900);
    run.add(even);
    Timeline giant = Timeline.ofTask(START);
    giant.done("giant", START + 5000);
    giant.end(START + 5000);
    run.add(giant);

    // 19 of 20 are done at 1900; then one of four cores works until 5000.
    assertThat(run.rest(0.95, 4)).isEqualTo(new Timeline.Rest(1, 3100, 3 * 3100));
    assertThat(run.slowest()).isEqualTo(new Timeline.Slowest("giant", 5000));
  }

  @Test
  void aRunWithoutImagesHasNoEnd() {
    assertThat(Timeline.ofRun().rest(0.95, 2)).isEqualTo(new Timeline.Rest(0, 0, 0));
    assertThat(Timeline.ofRun().slowest()).isNull();
  }

  @Test
  void ofAHundredThousandTasksOfHoursLittleIsKept() throws IOException {
    Timeline run = Timeline.ofRun();
    for (int task = 0; task < 100_000; task++) {
      Timeline one = Timeline.ofTask(START + 1000L * task);
      one.done("image", START + 1000L * task + 600);
      one.end(START + 1000L * task + 700);
      run.add(one);
    }
    Timeline.Rest rest = run.rest(0.95, 1);

    assertThat(serialised(run)).isLessThan(200_000);
    assertThat(rest.millis()).isCloseTo(5_000_000L, within(200_000L));
    assertThat((double) rest.idleMillis()).isCloseTo(0.3 * 5_000_000, within(200_000.0));
  }

  @Property(tries = 200)
  void whatTasksTellMayComeInAnyOrder(
      @ForAll @Size(min = 1, max = 20)
          List<@Size(min = 1, max = 200) List<@LongRange(min = 0, max = 20_000) Long>> tasks,
      @ForAll @IntRange(min = 1, max = 8) int cores) {
    Timeline forwards = Timeline.ofRun();
    Timeline backwards = Timeline.ofRun();
    for (int task = 0; task < tasks.size(); task++) {
      forwards.add(task(task, tasks.get(task)));
      backwards.add(task(tasks.size() - 1 - task, tasks.get(tasks.size() - 1 - task)));
    }

    assertThat(backwards.rest(0.95, cores)).isEqualTo(forwards.rest(0.95, cores));
    assertThat(Objects.requireNonNull(backwards.slowest()).millis())
        .isEqualTo(Objects.requireNonNull(forwards.slowest()).millis());
  }

  private static Timeline task(int task, List<Long> durations) {
    long now = START + 1000L * task;
    Timeline timeline = Timeline.ofTask(now);
    for (long duration : durations) {
      now += duration;
      timeline.done("image", now);
    }
    timeline.end(now);
    return timeline;
  }

  private static int serialised(Timeline timeline) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream stream = new ObjectOutputStream(bytes)) {
      stream.writeObject(timeline);
    }
    return bytes.size();
  }
}
