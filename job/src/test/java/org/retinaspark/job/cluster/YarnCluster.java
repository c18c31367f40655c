package org.retinaspark.job.cluster;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.hadoop.yarn.api.records.ApplicationReport;
import org.apache.hadoop.yarn.client.api.YarnClient;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.server.MiniYARNCluster;
import org.apache.spark.launcher.JavaModuleOptions;

/** Hadoop's HDFS and YARN with one node, in this process; what it starts are processes. */
final class YarnCluster implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 150;
  private static final String FAST_START = "-XX:TieredStopAtLevel=1";

  private final Path folder;
  private final MiniDFSCluster hdfs;
  private final MiniYARNCluster yarn;
  private final Path settings;
  private final Path jar;

  private YarnCluster(Path folder, MiniDFSCluster hdfs, MiniYARNCluster yarn) throws IOException {
    this.folder = folder;
    this.hdfs = hdfs;
    this.yarn = yarn;
    this.settings = Files.createDirectories(folder.resolve("conf"));
    Configuration site = new Configuration(yarn.getConfig());
    site.set("fs.defaultFS", hdfs.getURI().toString());
    for (String name : List.of("core-site.xml", "yarn-site.xml")) {
      try (OutputStream out = Files.newOutputStream(settings.resolve(name))) {
        site.writeXml(out);
      }
    }
    // Main is on the class path of all; Spark wants a jar to submit.
    this.jar = folder.resolve("application.jar");
    new JarOutputStream(Files.newOutputStream(jar)).close();
  }

  /**
   * Starts both.
   *
   * @param folder for all that they and the applications write
   */
  static YarnCluster start(Path folder) throws IOException {
    Files.createDirectories(folder);
    YarnConfiguration settings = new YarnConfiguration();
    settings.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, folder.resolve("hdfs").toString());
    settings.set("yarn.scheduler.capacity.root.queues", "default");
    settings.set("yarn.scheduler.capacity.root.default.capacity", "100");
    // Half of the node for drivers, where a tenth is the default: too little for one of 512 MiB.
    settings.set("yarn.scheduler.capacity.maximum-am-resource-percent", "0.6");
    settings.set("yarn.scheduler.minimum-allocation-mb", "256");
    settings.set("yarn.nodemanager.disk-health-checker.enable", "false");
    settings.set("yarn.nodemanager.vmem-check-enabled", "false");
    settings.set("yarn.nodemanager.pmem-check-enabled", "false");
    settings.set("yarn.minicluster.fixed.ports", "false");
    System.setProperty("test.build.data", folder.resolve("yarn").toString());
    MiniDFSCluster hdfs = new MiniDFSCluster.Builder(settings).numDataNodes(1).build();
    settings.set("fs.defaultFS", hdfs.getURI().toString());
    MiniYARNCluster yarn = new MiniYARNCluster("retinaspark", 1, 1, 1);
    yarn.init(settings);
    yarn.start();
    try {
      if (!yarn.waitForNodeManagersToConnect(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS))) {
        throw new IllegalStateException("YARN's node does not connect, see " + folder);
      }
    } catch (Exception failure) {
      throw new IllegalStateException("YARN does not start, see " + folder, failure);
    }
    return new YarnCluster(folder, hdfs, yarn);
  }

  /** The cluster's HDFS. */
  FileSystem files() throws IOException {
    return hdfs.getFileSystem();
  }

  /** All applications so far, the newest last. */
  List<ApplicationReport> applications() throws Exception {
    try (YarnClient client = YarnClient.createYarnClient()) {
      client.init(yarn.getConfig());
      client.start();
      List<ApplicationReport> reports = new ArrayList<>(client.getApplications());
      reports.sort((one, other) -> one.getApplicationId().compareTo(other.getApplicationId()));
      return reports;
    }
  }

  /**
   * What the containers of an application wrote to standard error. Others still write and delete
   * there, so that files may vanish while they are looked for.
   */
  String logs(String application) {
    StringBuilder text = new StringBuilder();
    try {
      Files.walkFileTree(folder.resolve("yarn"), new StandardErrors(application, text));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return text.toString();
  }

  private static final class StandardErrors extends SimpleFileVisitor<Path> {

    private final String application;
    private final StringBuilder text;

    StandardErrors(String application, StringBuilder text) {
      this.application = application;
      this.text = text;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      if (file.endsWith("stderr") && file.toString().contains(application)) {
        text.append(Files.readString(file));
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
      return goOnIfGone(failure);
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, IOException failure)
        throws IOException {
      return goOnIfGone(failure);
    }

    private static FileVisitResult goOnIfGone(IOException failure) throws IOException {
      if (failure != null && !(failure instanceof NoSuchFileException)) {
        throw failure;
      }
      return FileVisitResult.CONTINUE;
    }
  }

  /** The drivers that run in containers. */
  List<ProcessHandle> drivers() {
    return ProcessHandle.current()
        .descendants()
        .filter(process -> process.info().command().orElse("").endsWith("java"))
        .filter(
            process ->
                Stream.of(process.info().arguments().orElse(new String[0]))
                    .anyMatch("org.apache.spark.deploy.yarn.ApplicationMaster"::equals))
        .toList();
  }

  /**
   * How a process ended.
   *
   * @param status its exit status
   * @param text what it wrote
   */
  record Ended(int status, String text) {}

  /** Runs spark-submit in a process, with options of its own and then RetinaSpark's arguments. */
  Ended submit(List<String> options, List<String> arguments) {
    String classPath = StandaloneCluster.classPath();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(JavaModuleOptions.defaultModuleOptionArray()));
    command.addAll(List.of(FAST_START, "-Xmx512m", "-cp", settings + ":" + classPath));
    command.addAll(List.of("org.apache.spark.deploy.SparkSubmit", "--master", "yarn"));
    command.addAll(options);
    for (String setting :
        List.of(
            "spark.yarn.jars=local:" + jar,
            "spark.driver.extraClassPath=" + classPath,
            "spark.executor.extraClassPath=" + classPath,
            "spark.driver.memory=512m",
            "spark.executor.memory=512m",
            "spark.yarn.am.memory=256m",
            "spark.executor.instances=1",
            "spark.driver.extraJavaOptions=" + FAST_START,
            "spark.executor.extraJavaOptions=" + FAST_START,
            "spark.yarn.am.extraJavaOptions=" + FAST_START,
            "spark.ui.enabled=false",
            "spark.sql.shuffle.partitions=2",
            "spark.yarn.report.interval=200ms",
            "spark.yarn.scheduler.heartbeat.interval-ms=200",
            "spark.hadoop.dfs.replication=1")) {
      command.addAll(List.of("--conf", setting));
    }
    command.addAll(List.of("--class", "org.retinaspark.job.Main", jar.toString()));
    command.addAll(arguments);
    try {
      return ended(command);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException interruption) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", interruption);
    }
  }

  private Ended ended(List<String> command) throws IOException, InterruptedException {
    Path log = Files.createTempFile(folder, "submit", ".log");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().put("HADOOP_CONF_DIR", settings.toString());
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    Process process = builder.start();
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException("spark-submit does not end: " + Files.readString(log));
      }
      return new Ended(process.exitValue(), Files.readString(log));
    } finally {
      process.destroyForcibly();
    }
  }

  @Override
  public void close() {
    yarn.stop();
    hdfs.shutdown(true);
  }
}
