package org.retinaspark.io.table;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * A process, told from all others that have or had its number. Containers share host names and
 * process numbers, and numbers come again: only the same boot of one kernel and the same namespace
 * of process numbers can say that a process has ended. Known from Linux's {@code /proc}; elsewhere,
 * and where that shows the processes of another namespace ({@code unshare --pid} by itself), boot
 * and namespace are empty, and nobody can say that the process has ended.
 *
 * @param pid its number
 * @param started when, in the kernel's ticks since it booted
 * @param boot the kernel's identifier of this boot
 * @param namespace the kernel's name for the namespace of process numbers
 */
record DriverProcess(long pid, long started, String boot, String namespace) {

  private static final Path PROCESSES = Path.of("/proc");

  /** Field 22 of {@code /proc/PID/stat}, counted from the third, the first after the name. */
  private static final int START_TIME = 22 - 3;

  /** States of a process that has ended, though nobody has asked for its exit status yet. */
  private static final String ENDED = "ZXx";

  /** Needs them all. */
  DriverProcess {
    Objects.requireNonNull(boot);
    Objects.requireNonNull(namespace);
  }

  /** This process. */
  static DriverProcess here() {
    long pid = ProcessHandle.current().pid();
    try {
      return showsThisNamespace()
          ? new DriverProcess(pid, startOf(pid).orElse(0), thisBoot(), thisNamespace())
          : new DriverProcess(pid, 0, "", "");
    } catch (IOException notLinux) {
      return new DriverProcess(pid, 0, "", "");
    }
  }

  /** Whether it is certain that the process has ended. */
  boolean hasEnded() {
    try {
      return showsThisNamespace()
          && boot.equals(thisBoot())
          && namespace.equals(thisNamespace())
          // Where users don't see each other's processes, not to see one says nothing.
          && Files.isReadable(PROCESSES.resolve("1/stat"))
          && startOf(pid).stream().noneMatch(start -> start == started);
    } catch (IOException notLinux) {
      return false;
    }
  }

  /** Whether {@code /proc} has the numbers by which processes here know each other. */
  private static boolean showsThisNamespace() throws IOException {
    return Files.readSymbolicLink(PROCESSES.resolve("self"))
        .toString()
        .equals(String.valueOf(ProcessHandle.current().pid()));
  }

  private static String thisBoot() throws IOException {
    return Files.readString(PROCESSES.resolve("sys/kernel/random/boot_id")).strip();
  }

  private static String thisNamespace() throws IOException {
    return Files.readSymbolicLink(PROCESSES.resolve("self/ns/pid")).toString();
  }

  /** When the living process of a number began; empty if there is none. */
  private static OptionalLong startOf(long pid) throws IOException {
    Path file = PROCESSES.resolve(pid + "/stat");
    if (!Files.exists(file)) {
      return OptionalLong.empty();
    }
    String stat = Files.readString(file);
    // The name is in brackets, and may hold brackets and spaces.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return ENDED.contains(fields[0])
        ? OptionalLong.empty()
        : OptionalLong.of(Long.parseLong(fields[START_TIME]));
  }
}
