package org.retinaspark.io.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.file.AccessDeniedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What passes is tried again within the budget; what is final is not. */
final class RetryTest {

  private final PretendedTime time = new PretendedTime();
  private int attempts;

  @Test
  void passingFailuresAreTriedAgain() throws IOException {
    assertThat(retry(60).call(() -> failing(4, new IOException("503 Slow Down")))).isEqualTo("ok");
    assertThat(attempts).isEqualTo(5);
    assertThat(time.pauses).hasSize(4);
  }

  @Test
  void pausesAreBoundedByTwiceTheOneBeforeAndTenSeconds() throws IOException {
    retry(100_000).call(() -> failing(30, new IOException("reset")));
    for (int index = 0; index < time.pauses.size(); index++) {
      Duration limit = Duration.ofMillis((long) Math.min(10_000, 200 * Math.pow(2, index)));
      assertThat(time.pauses.get(index)).isBetween(Duration.ZERO, limit);
    }
    assertThat(time.pauses.stream().distinct().count()).isGreaterThan(20);
  }

  @Test
  void budgetEndsTheAttempts() {
    assertThatThrownBy(() -> retry(60).call(() -> failing(1_000_000, new IOException("reset"))))
        .isExactlyInstanceOf(IOException.class)
        .hasMessageMatching(
            "still failing after \\d+ attempts in \\d+\\.\\d s: java.io.IOException: reset")
        .hasCauseInstanceOf(IOException.class);
    assertThat(time.elapsed()).isLessThan(Duration.ofSeconds(60));
    assertThat(attempts).isGreaterThan(3);
  }

  @Test
  void noBudgetIsOneAttempt() {
    assertThatThrownBy(() -> retry(0).call(() -> failing(1, new IOException("reset"))))
        .hasMessageStartingWith("still failing after 1 attempts in 0.0 s");
    assertThat(time.pauses).isEmpty();
  }

  @Test
  void timeoutOfASocketPasses() throws IOException {
    retry(60).call(() -> failing(1, new SocketTimeoutException("Read timed out")));
    assertThat(attempts).isEqualTo(2);
  }

  static Stream<IOException> finalFailures() {
    return Stream.of(
        new FileNotFoundException("a.jpg"),
        new AccessDeniedException("a.jpg"),
        new org.apache.hadoop.security.AccessControlException("a.jpg"),
        new EOFException("short"),
        new org.apache.hadoop.fs.UnsupportedFileSystemException("s4"),
        new InterruptedIOException("stop"));
  }

  @ParameterizedTest
  @MethodSource("finalFailures")
  void finalFailuresAreThrownAtOnce(IOException failure) {
    assertThatThrownBy(() -> retry(60).call(() -> failing(1, failure))).isSameAs(failure);
    assertThat(attempts).isEqualTo(1);
    assertThat(time.pauses).isEmpty();
  }

  private Retry retry(long seconds) {
    return new Retry(Duration.ofSeconds(seconds), time);
  }

  private String failing(int times, IOException failure) throws IOException {
    if (attempts++ < times) {
      throw failure;
    }
    return "ok";
  }

  /** A clock that pauses move on. */
  static final class PretendedTime implements Retry.Waiting {

    final List<Duration> pauses = new ArrayList<>();

    Duration elapsed() {
      return pauses.stream().reduce(Duration.ZERO, Duration::plus);
    }

    @Override
    public long nanoTime() {
      return elapsed().toNanos();
    }

    @Override
    public void pause(Duration time) {
      pauses.add(time);
    }
  }
}
