package org.retinaspark.io.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.retinaspark.io.UnusableLocationException;

/** One run at a time, and none shut out for long by a dead one. */
final class RunLockTest {

  @TempDir private Path folder;
  private LockedTable table;

  @BeforeEach
  void place() {
    table = LockedTable.in(folder);
  }

  @Test
  void secondRunIsRefusedAndToldWhoHoldsTheLock() throws IOException {
    try (RunLock lock = table.acquire()) {
      assertThatThrownBy(table::acquire)
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
    table.acquire().close();
    assertThat(table.locks()).doesNotExist();
    table.acquire().close();
  }

  /** YARN begins the second attempt when it has given the first one up. */
  @Test
  void laterAttemptOfTheSameApplicationTakesTheLockAtOnce() throws IOException {
    RunLock first = table.acquire();
    SparkAttempt second = new SparkAttempt("app-1", 2);
    RunLock.requireFree(table.location(), second, LockedTable.EXPIRY);
    try (RunLock heir = table.acquire(second)) {
      heir.requireHeld();
      assertThatThrownBy(first::requireHeld).hasMessageContaining("was lost");
      for (SparkAttempt other :
          List.of(
              new SparkAttempt("app-1", 1),
              new SparkAttempt("app-1", 2),
              new SparkAttempt("app-2", 3))) {
        assertThatThrownBy(() -> table.acquire(other))
            .as("%s", other)
            .isInstanceOf(UnusableLocationException.class);
      }
    }
  }

  @Test
  void lockOfOneNumberAndAnotherOwnerIsAnothers() throws IOException {
    RunLock first = table.acquire();
    Files.delete(table.lock(1));
    try (RunLock second = table.acquire()) {
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
    RunLock lock = table.acquire();
    Files.delete(table.lock(1));
    lock.renew();
    assertThatThrownBy(lock::requireHeld)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("it is gone");
  }

  @Test
  void renewalTellsTheStoreThatTheOwnerLives() throws IOException {
    try (RunLock lock = table.acquire()) {
      table.age(1);
      lock.renew();
      assertThatThrownBy(table::acquire).hasMessageContaining("is being written by another run");
    }
  }

  @Test
  void lockIsKeptHoweverLongTheStoreWasAwayIfNobodyTookIt() throws IOException {
    try (RunLock lock = table.acquire()) {
      table.age(1);
      lock.requireHeld();
      assertThatThrownBy(table::acquire).hasMessageContaining("is being written by another run");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"notes.txt", ".nfs0001", "000009.tmp", "99999999999999999999"})
  void strayFilesAreNoLocks(String stray) throws IOException {
    try (RunLock lock = table.acquire()) {
      Files.writeString(table.locks().resolve(stray), "");
      Files.createDirectory(table.lock(7));
      table.age(1);
      lock.renew();
      lock.requireHeld();
      assertThatThrownBy(table::acquire).hasMessageContaining("is being written by another run");
    }
    assertThat(table.lock(1)).doesNotExist();
    assertThat(table.locks().resolve(stray)).exists();
    table.acquire().close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{\"id\": \"a", "{}", "\u0000\u0001", "[]", "null"})
  void lockThatWasSpoiledIsStillItsOwners(String content) throws IOException {
    try (RunLock lock = table.acquire()) {
      Files.writeString(table.lock(1), content);
      lock.renew();
      assertThat(table.lock(1)).content().contains("app-1");
      Files.writeString(table.lock(1), content);
      lock.requireHeld();
    }
    assertThat(table.locks()).doesNotExist();
  }

  @Test
  void renewalGoesOnAfterTroubleOfAnyKind() throws IOException {
    table = LockedTable.shaky(folder);
    AtomicInteger tried = new AtomicInteger();
    try (RunLock lock = table.acquire()) {
      table.age(1);
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
      assertThatThrownBy(table::acquire).hasMessageContaining("is being written by another run");
      lock.requireHeld();
    }
  }

  @Test
  void onlyLocalDisksAndStoresWithConditionsAreExclusive() throws IOException {
    assertThat(new LockFolder(table.location()).isExclusive()).isTrue();
    assertThat(new LockFolder(LockedTable.shaky(folder).location()).isExclusive()).isFalse();
  }

  @Test
  void ofTwoThatTakeItOneSucceeds() throws IOException {
    LockFolder folder = new LockFolder(table.location());

    assertThat(folder.create(3, LockOwner.here(new SparkAttempt("app-1", 1), LockedTable.EXPIRY)))
        .isTrue();
    assertThat(folder.create(3, LockOwner.here(new SparkAttempt("app-2", 1), LockedTable.EXPIRY)))
        .isFalse();
    assertThat(folder.last().orElseThrow().owner().orElseThrow().application()).isEqualTo("app-1");
  }

  /** The file is made, and its content finds no room. */
  @Test
  void fullDiskIsNotTakenForAnotherRun() {
    table = LockedTable.full(folder);
    assertThatThrownBy(table::acquire)
        .isInstanceOf(IOException.class)
        .hasMessage("No space left on device");
    assertThat(table.lock(1)).doesNotExist();
  }
}
