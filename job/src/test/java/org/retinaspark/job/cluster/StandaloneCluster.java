package org.retinaspark.job.cluster;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.spark.launcher.JavaModuleOptions;

/** A master and two workers of Spark's standalone cluster, as processes on the loopback device. */
final class StandaloneCluster implements AutoCloseable {

  private static final String LOOPBACK = "127.0.0.1";
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final long LOOK_AGAIN_MILLIS = 20;

  private final Path folder;
  private final int port;
  private final List<Process> processes = new ArrayList<>();
  private final List<Process> workers = new ArrayList<>();

  private StandaloneCluster(Path folder, int port) {
    this.folder = folder;
    this.port = port;
  }

  /**
   * Starts the processes; they are there once executors have come.
   *
   * @param folder for logs, and where executors work
   */
  static StandaloneCluster start(Path folder, int workers) {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      StandaloneCluster cluster = new StandaloneCluster(folder, free.getLocalPort());
      free.close();
      Files.createDirectories(folder);
      cluster.spawn(
          "master",
          "org.apache.spark.deploy.master.Master",
          List.of("--host", LOOPBACK, "--port", "" + cluster.port, "--webui-port", "0"));
      for (int worker = 0; worker < workers; worker++) {
        Path work = Files.createDirectories(folder.resolve("work" + worker));
        cluster.workers.add(
            cluster.spawn(
                "worker" + worker,
                "org.apache.spark.deploy.worker.Worker",
                List.of(
                    "--host",
                    LOOPBACK,
                    "--webui-port",
                    "0",
                    "--cores",
                    "1",
                    "--memory",
                    "1g",
                    "--work-dir",
                    work.toString(),
                    cluster.master())));
      }
      return cluster;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** The URL for {@code spark.master}. */
  String master() {
    return "spark://" + LOOPBACK + ":" + port;
  }

  /** The running executors, at least so many. */
  List<ProcessHandle> executors(int atLeast) {
    return await(
        "%d executors in %s".formatted(atLeast, folder),
        this::executors,
        executors -> executors.size() >= atLeast);
  }

  /** A worker starts no other Java processes. */
  private List<ProcessHandle> executors() {
    return workers.stream()
        .flatMap(Process::children)
        .filter(process -> process.info().command().orElse("").endsWith("java"))
        .toList();
  }

  /** Waits for a condition of the cluster, which is a state and not a time. */
  static void await(String what, BooleanSupplier condition) {
    await(what, condition::getAsBoolean, reached -> reached);
  }

  private static <T> T await(String what, Supplier<T> value, Predicate<T> condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end) {
      T present = value.get();
      if (condition.test(present)) {
        return present;
      }
      try {
        TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MILLIS);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        break;
      }
    }
    throw new IllegalStateException("waited in vain for " + what);
  }

  /** The class path of this JVM, and so of the others. */
  static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  private Process spawn(String name, String mainClass, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(JavaModuleOptions.defaultModuleOptionArray()));
    command.addAll(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-cp", classPath()));
    command.add(mainClass);
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectErrorStream(true);
    builder.redirectOutput(new File(folder.toFile(), name + ".log"));
    builder.environment().put("SPARK_LOCAL_IP", LOOPBACK);
    Process process = builder.start();
    processes.add(process);
    return process;
  }

  @Override
  public void close() {
    for (Process process : processes) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }
}
