package org.retinaspark.io.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.retinaspark.io.UnusableLocationException;

/** One run at a time, and none shut out for long by a dead one. */
final class RunLockTest {

  private static final Duration EXPIRY = Duration.ofMinutes(2);

  @TempDir private Path folder;
  private final HandClock clock = new HandClock();
  private TableLocation table;

  @BeforeEach
  void place() {
    table = TableLocation.of(folder.resolve("table").toString(), new Configuration());
  }

  @Test
  void secondRunIsRefusedAndToldWhoHoldsTheLock() throws IOException {
    try (RunLock lock = acquire()) {
      assertThatThrownBy(this::acquire)
          .isInstanceOf(UnusableLocationException.class)
          .hasMessageContaining(
              "is being written by another run (process %d on", ProcessHandle.current().pid())
          .hasMessageContaining("application app-1, since ")
          .hasMessageContaining("nothing was done")
          .hasMessageContaining("if it died, its lock expires in 1");
      lock.requireHeld();
    }
  }

  @Test
  void lockThatIsGivenBackLeavesNothing() throws IOException {
    acquire().close();
    assertThat(folder.resolve("table/_lock")).doesNotExist();
    acquire().close();
  }

  @Test
  void lockExpiresWithoutRenewal() throws IOException {
    RunLock dead = acquire();
    clock.forward(EXPIRY.plusSeconds(60));
    try (RunLock heir = acquire()) {
      heir.requireHeld();
      assertThatThrownBy(dead::requireHeld)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("was lost, since it could not be renewed for 120 s");
    }
  }

  @Test
  void ownerThatWakesUpDoesNotDisturbItsHeir() throws IOException {
    RunLock dead = acquire();
    clock.forward(EXPIRY.plusSeconds(60));
    try (RunLock heir = acquire()) {
      dead.renew();
      dead.close();
      heir.requireHeld();
      assertThatThrownBy(dead::requireHeld).isInstanceOf(IllegalStateException.class);
      assertThat(new LockFolder(table).last().orElseThrow().generation()).isEqualTo(2);
    }
  }

  @Test
  void renewedLockStays() throws IOException {
    try (RunLock lock = acquire()) {
      clock.forward(EXPIRY.minusSeconds(10));
      lock.renew();
      clock.forward(EXPIRY.minusSeconds(10));
      assertThatCode(lock::requireHeld).doesNotThrowAnyException();
      clock.forward(Duration.ofSeconds(20));
      assertThatThrownBy(lock::requireHeld).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void lockOfADeadProcessOfThisMachineIsTakenAtOnce() throws Exception {
    Process process = new ProcessBuilder("true").start();
    process.waitFor();
    LockOwner here = LockOwner.here("app-0", "yesterday");
    LockOwner dead =
        new LockOwner("another", here.host(), process.pid(), here.application(), here.since());
    assertThat(new LockFolder(table).create(1, dead)).isTrue();

    acquire().close();
  }

  @Test
  void lockOfAnotherMachineIsLeftUntilItExpires() throws IOException {
    LockOwner away = new LockOwner("another", "elsewhere.example", 1, "app-0", "yesterday");
    assertThat(new LockFolder(table).create(1, away)).isTrue();

    assertThatThrownBy(this::acquire).hasMessageContaining("on elsewhere.example");
    clock.forward(EXPIRY.plusSeconds(60));
    acquire().close();
  }

  @Test
  void tornLockCounts() throws IOException {
    Files.createDirectories(folder.resolve("table/_lock"));
    Files.writeString(folder.resolve("table/_lock/000007"), "{\"id\": \"a");

    assertThatThrownBy(this::acquire).hasMessageContaining("on unknown");
  }

  @Test
  void ofTwoThatTakeItOneSucceeds() throws IOException {
    LockFolder locks = new LockFolder(table);

    assertThat(locks.create(3, LockOwner.here("app-1", "now"))).isTrue();
    assertThat(locks.create(3, LockOwner.here("app-2", "now"))).isFalse();
    assertThat(locks.last().orElseThrow().owner().application()).isEqualTo("app-1");
  }

  private RunLock acquire() throws IOException {
    return RunLock.acquire(table, "app-1", EXPIRY, clock);
  }

  /** A clock that stands unless it is moved; it begins now, as files have the time of the disk. */
  private static final class HandClock extends Clock {

    private Instant now = Instant.now();

    void forward(Duration duration) {
      now = now.plus(duration);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
