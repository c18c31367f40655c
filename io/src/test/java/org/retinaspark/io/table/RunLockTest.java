package org.retinaspark.io.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.retinaspark.io.UnusableLocationException;

/** One run at a time, and none shut out for long by a dead one. */
final class RunLockTest {

  private static final Duration EXPIRY = Duration.ofMinutes(2);

  @TempDir private Path folder;
  private Path locks;
  private TableLocation table;

  @BeforeEach
  void place() {
    locks = folder.resolve("table/_lock");
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
    assertThat(locks).doesNotExist();
    acquire().close();
  }

  /** YARN begins the second attempt when it has given the first one up. */
  @Test
  void laterAttemptOfTheSameApplicationTakesTheLockAtOnce() throws IOException {
    RunLock first = acquire();
    SparkAttempt second = new SparkAttempt("app-1", 2);
    RunLock.requireFree(table, second, EXPIRY);
    try (RunLock heir = RunLock.acquire(table, second, EXPIRY)) {
      heir.requireHeld();
      assertThatThrownBy(first::requireHeld).hasMessageContaining("was lost");
      for (SparkAttempt other :
          List.of(
              new SparkAttempt("app-1", 1),
              new SparkAttempt("app-1", 2),
              new SparkAttempt("app-2", 3))) {
        assertThatThrownBy(() -> RunLock.acquire(table, other, EXPIRY))
            .as("%s", other)
            .isInstanceOf(UnusableLocationException.class);
      }
    }
  }

  @Test
  void lockExpiresWithoutRenewal() throws IOException {
    RunLock dead = acquire();
    age(1);
    try (RunLock heir = acquire()) {
      heir.requireHeld();
      assertThatThrownBy(dead::requireHeld)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("was lost (lock 000002: process ")
          .hasMessageContaining("was not renewed for 120 s");
    }
  }

  @Test
  void ownerThatWakesUpDoesNotDisturbItsHeir() throws IOException {
    RunLock dead = acquire();
    age(1);
    try (RunLock heir = acquire()) {
      dead.renew();
      dead.close();
      heir.requireHeld();
      assertThatThrownBy(dead::requireHeld).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void ownerThatWakesUpAfterItsHeirHasLeftKnowsThatItLost() throws IOException {
    RunLock dead = acquire();
    age(1);
    acquire().close();
    assertThatThrownBy(dead::requireHeld).isInstanceOf(IllegalStateException.class);
    try (RunLock third = acquire()) {
      dead.renew();
      dead.close();
      third.requireHeld();
      assertThat(new LockFolder(table).last().orElseThrow().number()).isEqualTo(3);
    }
    assertThat(locks.resolve("000003")).content().contains("\"released\" : true");
    assertThat(locks).isDirectoryNotContaining("glob:**/00000[12]");
  }

  @Test
  void lockOfOneNumberAndAnotherOwnerIsAnothers() throws IOException {
    RunLock first = acquire();
    Files.delete(locks.resolve("000001"));
    try (RunLock second = acquire()) {
      assertThatThrownBy(first::requireHeld)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("was lost");
      first.renew();
      first.close();
      second.requireHeld();
    }
  }

  @Test
  void lockThatWasDeletedIsLost() throws IOException {
    RunLock lock = acquire();
    Files.delete(locks.resolve("000001"));
    lock.renew();
    assertThatThrownBy(lock::requireHeld)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("it is gone");
  }

  @Test
  void renewalTellsTheStoreThatTheOwnerLives() throws IOException {
    try (RunLock lock = acquire()) {
      age(1);
      lock.renew();
      assertThatThrownBy(this::acquire).hasMessageContaining("is being written by another run");
    }
  }

  @Test
  void lockIsKeptHoweverLongTheStoreWasAwayIfNobodyTookIt() throws IOException {
    try (RunLock lock = acquire()) {
      age(1);
      lock.requireHeld();
      assertThatThrownBy(this::acquire).hasMessageContaining("is being written by another run");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"notes.txt", ".nfs0001", "000009.tmp", "99999999999999999999"})
  void strayFilesAreNoLocks(String stray) throws IOException {
    try (RunLock lock = acquire()) {
      Files.writeString(locks.resolve(stray), "");
      Files.createDirectory(locks.resolve("000007"));
      age(1);
      lock.renew();
      lock.requireHeld();
      assertThatThrownBy(this::acquire).hasMessageContaining("is being written by another run");
    }
    assertThat(locks.resolve("000001")).doesNotExist();
    assertThat(locks.resolve(stray)).exists();
    acquire().close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{\"id\": \"a", "{}", "\u0000\u0001", "[]", "null"})
  void lockThatWasSpoiledIsStillItsOwners(String content) throws IOException {
    try (RunLock lock = acquire()) {
      Files.writeString(locks.resolve("000001"), content);
      lock.renew();
      assertThat(locks.resolve("000001")).content().contains("app-1");
      Files.writeString(locks.resolve("000001"), content);
      lock.requireHeld();
    }
    assertThat(locks).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{\"id\": \"a", "{}", "\u0000\u0001", "[]", "null"})
  void tornLockCountsUntilItExpires(String content) throws IOException {
    Files.createDirectories(locks);
    Files.writeString(locks.resolve("000007"), content);

    assertThatThrownBy(this::acquire).hasMessageContaining("unknown as yet");
    age(7);
    acquire().close();
  }

  @Test
  void expiryIsThatOfTheOwner() throws IOException {
    try (RunLock patient =
        RunLock.acquire(table, new SparkAttempt("app-0", 1), Duration.ofHours(1))) {
      age(1);
      assertThatThrownBy(this::acquire).hasMessageContaining("is being written by another run");
      patient.requireHeld();
    }
  }

  @Test
  void renewalGoesOnAfterTroubleOfAnyKind() throws IOException {
    table = shaky();
    AtomicInteger tried = new AtomicInteger();
    try (RunLock lock = acquire()) {
      age(1);
      ShakyFileSystem.beforeCreate(
          name -> {
            switch (tried.getAndIncrement()) {
              case 0 -> throw new UncheckedIOException(new IOException("no route"));
              case 1 -> throw new IllegalArgumentException("a bug");
              case 2 -> throw new NoClassDefFoundError("a bad jar");
              default -> {}
            }
          });
      for (int time = 0; time < 4; time++) {
        assertThatCode(lock::renew).doesNotThrowAnyException();
      }
      ShakyFileSystem.beforeCreate(name -> {});
      assertThat(tried).hasValueGreaterThanOrEqualTo(4);
      assertThatThrownBy(this::acquire).hasMessageContaining("is being written by another run");
      lock.requireHeld();
    }
  }

  @Test
  void heirThatSeesTheOwnerComeBackWithdraws() throws IOException {
    table = shaky();
    try (RunLock owner = acquire()) {
      age(1);
      AtomicBoolean once = new AtomicBoolean();
      ShakyFileSystem.beforeCreate(
          name -> {
            if (name.equals("000002") && once.compareAndSet(false, true)) {
              owner.renew();
            }
          });
      assertThatThrownBy(this::acquire).hasMessageContaining("was taken by another run just now");
      owner.requireHeld();
    }
    assertThat(locks).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(longs = {-5, 5})
  void clocksNeedNotAgree(long hoursAhead) throws IOException {
    table = shaky();
    ShakyFileSystem.skew(Duration.ofHours(hoursAhead));
    try (RunLock lock = acquire()) {
      assertThatThrownBy(this::acquire).hasMessageContaining("its lock expires in 1");
      age(1);
      acquire().close();
      assertThatThrownBy(lock::requireHeld).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void onlyLocalDisksAndStoresWithConditionsAreExclusive() throws IOException {
    assertThat(new LockFolder(table).isExclusive()).isTrue();
    assertThat(new LockFolder(shaky()).isExclusive()).isFalse();
  }

  @Test
  void lockOfAProcessThatEndedHereIsTakenAtOnce() throws Exception {
    assertThat(new LockFolder(table).create(1, owner(ended()))).isTrue();
    acquire().close();
    assertThat(locks).doesNotExist();
  }

  @Test
  void lockOfAnotherKernelOrNamespaceIsLeftUntilItExpires() throws Exception {
    DriverProcess ended = ended();
    DriverProcess elsewhere =
        new DriverProcess(ended.pid(), ended.started(), "another boot", ended.namespace());
    assertThat(new LockFolder(table).create(1, owner(elsewhere))).isTrue();

    assertThatThrownBy(this::acquire)
        .hasMessageContaining("process %d on %s", ended.pid(), owner(ended).host());
    age(1);
    acquire().close();
  }

  @Test
  void ofTwoThatTakeItOneSucceeds() throws IOException {
    LockFolder folder = new LockFolder(table);

    assertThat(folder.create(3, LockOwner.here(new SparkAttempt("app-1", 1), EXPIRY))).isTrue();
    assertThat(folder.create(3, LockOwner.here(new SparkAttempt("app-2", 1), EXPIRY))).isFalse();
    assertThat(folder.last().orElseThrow().owner().orElseThrow().application()).isEqualTo("app-1");
  }

  /** Clocks are set, and disks are moved: whoever lives renews his lock, whatever its stamp. */
  @Test
  void lockThatIsStampedDaysAheadIsTakenIfNobodyRenewsIt() throws IOException {
    RunLock dead = acquire();
    stamp(Instant.now().plus(Duration.ofDays(2)));
    List<Long> pauses = new ArrayList<>();
    try (RunLock heir = RunLock.acquire(table, new SparkAttempt("app-2", 1), EXPIRY, pauses::add)) {
      heir.requireHeld();
      assertThat(pauses).containsExactly(30_000L, 30_000L, 30_000L, 30_000L);
      assertThatThrownBy(dead::requireHeld).hasMessageContaining("was lost");
    }
  }

  @Test
  void lockThatIsStampedDaysAheadIsLeftToWhoRenewsIt() throws IOException {
    try (RunLock living = acquire()) {
      stamp(Instant.now().plus(Duration.ofDays(2)));
      assertThatThrownBy(
              () ->
                  RunLock.acquire(
                      table, new SparkAttempt("app-2", 1), EXPIRY, millis -> living.renew()))
          .isInstanceOf(UnusableLocationException.class)
          .hasMessageContaining("is being written by another run (process");
      living.requireHeld();
    }
  }

  /** The file is made, and its content finds no room. */
  @Test
  void fullDiskIsNotTakenForAnotherRun() {
    table = TableLocation.of("full://" + folder.resolve("table"), FullDisk.install());
    assertThatThrownBy(this::acquire)
        .isInstanceOf(IOException.class)
        .hasMessage("No space left on device");
    assertThat(locks.resolve("000001")).doesNotExist();
  }

  private void stamp(Instant time) throws IOException {
    Files.setLastModifiedTime(locks.resolve("000001"), FileTime.from(time));
  }

  private RunLock acquire() throws IOException {
    return RunLock.acquire(table, new SparkAttempt("app-1", 1), EXPIRY);
  }

  private TableLocation shaky() {
    return TableLocation.of("shaky://" + folder.resolve("table"), ShakyFileSystem.install());
  }

  /** Lets a lock be as old as if it had not been renewed since before it expired. */
  private void age(int number) throws IOException {
    Files.setLastModifiedTime(
        locks.resolve("%06d".formatted(number)),
        FileTime.fromMillis(System.currentTimeMillis() - EXPIRY.plusSeconds(60).toMillis()));
  }

  private static LockOwner owner(DriverProcess process) {
    LockOwner here = LockOwner.here(new SparkAttempt("app-0", 1), EXPIRY);
    return new LockOwner(
        "another", here.host(), process, "app-0", 1, here.since(), EXPIRY.toSeconds(), false);
  }

  /** A process of this machine that has ended. */
  private static DriverProcess ended() throws Exception {
    Process process = new ProcessBuilder("true").start();
    process.waitFor();
    DriverProcess here = DriverProcess.here();
    return new DriverProcess(process.pid(), here.started() + 1, here.boot(), here.namespace());
  }
}
