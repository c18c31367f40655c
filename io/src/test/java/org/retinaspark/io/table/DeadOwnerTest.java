package org.retinaspark.io.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.retinaspark.io.UnusableLocationException;

/** The lock of a run that has died, or seems to have: taken in time, and never from who lives. */
final class DeadOwnerTest {

  @TempDir private Path folder;
  private LockedTable table;

  @BeforeEach
  void place() {
    table = LockedTable.in(folder);
  }

  @Test
  void lockExpiresWithoutRenewal() throws IOException {
    RunLock dead = table.acquire();
    table.age(1);
    try (RunLock heir = table.acquire()) {
      heir.requireHeld();
      assertThatThrownBy(dead::requireHeld)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("was lost (lock 000002: process ")
          .hasMessageContaining("was not renewed for 120 s");
    }
  }

  @Test
  void ownerThatWakesUpDoesNotDisturbItsHeir() throws IOException {
    RunLock dead = table.acquire();
    table.age(1);
    try (RunLock heir = table.acquire()) {
      dead.renew();
      dead.close();
      heir.requireHeld();
      assertThatThrownBy(dead::requireHeld).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void ownerThatWakesUpAfterItsHeirHasLeftKnowsThatItLost() throws IOException {
    RunLock dead = table.acquire();
    table.age(1);
    table.acquire().close();
    assertThatThrownBy(dead::requireHeld).isInstanceOf(IllegalStateException.class);
    try (RunLock third = table.acquire()) {
      dead.renew();
      dead.close();
      third.requireHeld();
      assertThat(new LockFolder(table.location()).last().orElseThrow().number()).isEqualTo(3);
    }
    assertThat(table.lock(3)).content().contains("\"released\" : true");
    assertThat(table.locks()).isDirectoryNotContaining("glob:**/00000[12]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{\"id\": \"a", "{}", "\u0000\u0001", "[]", "null"})
  void tornLockCountsUntilItExpires(String content) throws IOException {
    Files.createDirectories(table.locks());
    Files.writeString(table.lock(7), content);

    assertThatThrownBy(table::acquire).hasMessageContaining("unknown as yet");
    table.age(7);
    table.acquire().close();
  }

  @Test
  void expiryIsThatOfTheOwner() throws IOException {
    try (RunLock patient =
        RunLock.acquire(table.location(), new SparkAttempt("app-0", 1), Duration.ofHours(1))) {
      table.age(1);
      assertThatThrownBy(table::acquire).hasMessageContaining("is being written by another run");
      patient.requireHeld();
    }
  }

  @Test
  void heirThatSeesTheOwnerComeBackWithdraws() throws IOException {
    table = LockedTable.shaky(folder);
    try (RunLock owner = table.acquire()) {
      table.age(1);
      AtomicBoolean once = new AtomicBoolean();
      ShakyFileSystem.beforeCreate(
          name -> {
            if (name.equals("000002") && once.compareAndSet(false, true)) {
              owner.renew();
            }
          });
      assertThatThrownBy(table::acquire).hasMessageContaining("was taken by another run just now");
      owner.requireHeld();
    }
    assertThat(table.locks()).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(longs = {-5, 5})
  void clocksNeedNotAgree(long hoursAhead) throws IOException {
    table = LockedTable.shaky(folder);
    ShakyFileSystem.skew(Duration.ofHours(hoursAhead));
    try (RunLock lock = table.acquire()) {
      assertThatThrownBy(table::acquire).hasMessageContaining("its lock expires in 1");
      table.age(1);
      table.acquire().close();
      assertThatThrownBy(lock::requireHeld).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void lockOfAProcessThatEndedHereIsTakenAtOnce() throws Exception {
    assertThat(new LockFolder(table.location()).create(1, owner(ended()))).isTrue();
    table.acquire().close();
    assertThat(table.locks()).doesNotExist();
  }

  @Test
  void lockOfAnotherKernelOrNamespaceIsLeftUntilItExpires() throws Exception {
    DriverProcess ended = ended();
    DriverProcess elsewhere =
        new DriverProcess(ended.pid(), ended.started(), "another boot", ended.namespace());
    assertThat(new LockFolder(table.location()).create(1, owner(elsewhere))).isTrue();

    assertThatThrownBy(table::acquire)
        .hasMessageContaining("process %d on %s", ended.pid(), owner(ended).host());
    table.age(1);
    table.acquire().close();
  }

  /** Clocks are set, and disks are moved: whoever lives renews his lock, whatever its stamp. */
  @Test
  void lockThatIsStampedDaysAheadIsTakenIfNobodyRenewsIt() throws IOException {
    RunLock dead = table.acquire();
    table.stamp(1, Instant.now().plus(Duration.ofDays(2)));
    List<Long> pauses = new ArrayList<>();
    try (RunLock heir =
        RunLock.acquire(
            table.location(), new SparkAttempt("app-2", 1), LockedTable.EXPIRY, pauses::add)) {
      heir.requireHeld();
      assertThat(pauses).containsExactly(30_000L, 30_000L, 30_000L, 30_000L);
      assertThatThrownBy(dead::requireHeld).hasMessageContaining("was lost");
    }
  }

  @Test
  void lockThatIsStampedDaysAheadIsLeftToWhoRenewsIt() throws IOException {
    try (RunLock living = table.acquire()) {
      table.stamp(1, Instant.now().plus(Duration.ofDays(2)));
      assertThatThrownBy(
              () ->
                  RunLock.acquire(
                      table.location(),
                      new SparkAttempt("app-2", 1),
                      LockedTable.EXPIRY,
                      millis -> living.renew()))
          .isInstanceOf(UnusableLocationException.class)
          .hasMessageContaining("is being written by another run (process");
      living.requireHeld();
    }
  }

  private static LockOwner owner(DriverProcess process) {
    LockOwner here = LockOwner.here(new SparkAttempt("app-0", 1), LockedTable.EXPIRY);
    return new LockOwner(
        "another",
        here.host(),
        process,
        "app-0",
        1,
        here.since(),
        LockedTable.EXPIRY.toSeconds(),
        false);
  }

  /** A process of this machine that has ended. */
  private static DriverProcess ended() throws Exception {
    Process process = new ProcessBuilder("true").start();
    process.waitFor();
    DriverProcess here = DriverProcess.here();
    return new DriverProcess(process.pid(), here.started() + 1, here.boot(), here.namespace());
  }
}
