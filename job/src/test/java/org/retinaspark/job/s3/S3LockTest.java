package org.retinaspark.job.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.retinaspark.io.UnusableLocationException;
import org.retinaspark.io.table.RunLock;
import org.retinaspark.io.table.SparkAttempt;
import org.retinaspark.io.table.TableLocation;

/** The lock in a bucket, of a store that keeps to conditions and of one that ignores them. */
@SuppressWarnings("NullAway.Init")
class S3LockTest {

  private static final Duration EXPIRY = Duration.ofMinutes(2);
  private static final String UNGUARDED = "the output can't be guarded";

  private static final Weather LAX = (request, attempt) -> Fault.CONDITIONS_IGNORED;

  @TempDir private static Path folder;
  private static S3Server strict;
  private static S3Server lax;

  @BeforeAll
  static void start() {
    strict = S3Server.start(folder, "strict");
    lax = S3Server.startUnsigned(folder, "lax");
  }

  @BeforeEach
  void clearTheSky() {
    strict.proxy().begin(Weather.FAIR);
    lax.proxy().begin(LAX);
  }

  @AfterAll
  static void stop() {
    strict.close();
    lax.close();
  }

  @Test
  void oneAtATime() throws IOException {
    try (RunLock lock = acquire(strict, "one")) {
      assertThatThrownBy(() -> acquire(strict, "one"))
          .isInstanceOf(UnusableLocationException.class)
          .hasMessageContaining("is being written by another run");
      lock.requireHeld();
    }
    assertThat(folder.resolve("strict/one/_lock/000001")).doesNotExist();
    acquire(strict, "one").close();
  }

  @Test
  void ofTwoAtTheSameMomentOneSucceeds() throws IOException {
    Overtaking first = new Overtaking(strict, "race", Weather.FAIR);
    strict.proxy().begin(first);
    assertThatThrownBy(() -> acquire(strict, "race"))
        .isInstanceOf(UnusableLocationException.class)
        .hasMessageContaining("was taken by another run just now");
    first.lock.requireHeld();
    first.lock.close();
  }

  @Test
  void withoutConditionsTheLaterOfTwoWinsAndTheEarlierEnds() throws IOException {
    Overtaking first = new Overtaking(lax, "race", LAX);
    lax.proxy().begin(first);
    try (RunLock later = acquire(lax, "race")) {
      assertThatThrownBy(first.lock::requireHeld)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("was lost");
      first.lock.close();
      later.requireHeld();
    }
  }

  @Test
  void storeWithoutConditionsIsNamedAtTheStart() throws IOException {
    try (CapturedLog log = CapturedLog.open();
        RunLock lock = acquire(lax, "named")) {
      lock.requireHeld();
      assertThat(log.text()).containsOnlyOnce(UNGUARDED).contains("s3a://lax/named");
      assertThatThrownBy(() -> acquire(lax, "named")).isInstanceOf(UnusableLocationException.class);
    }
    try (CapturedLog log = CapturedLog.open()) {
      acquire(strict, "silent").close();
      assertThat(log.text()).doesNotContain(UNGUARDED);
    }
  }

  @Test
  void troubleOfTheStoreEndsNoRunThatNobodyContests() throws IOException {
    try (RunLock lock = acquire(strict, "trouble")) {
      strict.proxy().begin((request, attempt) -> Fault.DENIED);
      assertThatThrownBy(lock::requireHeld).isInstanceOf(IOException.class);
      strict.proxy().begin(Weather.FAIR);
      age("strict/trouble", 1);
      lock.requireHeld();
      assertThatThrownBy(() -> acquire(strict, "trouble"))
          .hasMessageContaining("is being written by another run");
    }
  }

  @Test
  void whoeverWasPassedOverKnowsItAndDisturbsNobody() throws IOException {
    RunLock dead = acquire(strict, "heir");
    age("strict/heir", 1);
    acquire(strict, "heir").close();
    try (RunLock third = acquire(strict, "heir")) {
      assertThatThrownBy(dead::requireHeld).isInstanceOf(IllegalStateException.class);
      dead.close();
      third.requireHeld();
      assertThat(folder.resolve("strict/heir/_lock/000003")).exists();
    }
  }

  /** Takes a table just before the first request to take it reaches the store. */
  private static final class Overtaking implements Weather {

    private final S3Server server;
    private final String table;
    private final Weather weather;
    private final AtomicBoolean begun = new AtomicBoolean();
    private volatile RunLock lock;

    Overtaking(S3Server server, String table, Weather weather) {
      this.server = server;
      this.table = table;
      this.weather = weather;
    }

    @Override
    public Fault of(S3Request request, int attempt) {
      if (request.equals(new S3Request("PUT", table + "/_lock/000001"))
          && begun.compareAndSet(false, true)) {
        try {
          lock = acquire(server, table);
        } catch (IOException failure) {
          throw new UncheckedIOException(failure);
        }
      }
      return weather.of(request, attempt);
    }
  }

  private static RunLock acquire(S3Server server, String table) throws IOException {
    Configuration hadoop = new Configuration();
    server.settings().forEach(hadoop::set);
    return RunLock.acquire(
        TableLocation.of(server.uri(table), hadoop), new SparkAttempt("app", 1), EXPIRY);
  }

  private static void age(String table, int number) throws IOException {
    Files.setLastModifiedTime(
        folder.resolve("%s/_lock/%06d".formatted(table, number)),
        FileTime.from(Instant.now().minus(EXPIRY.multipliedBy(2))));
  }
}
