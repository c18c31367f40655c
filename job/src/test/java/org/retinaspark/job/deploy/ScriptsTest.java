package org.retinaspark.job.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.retinaspark.job.Repository;

/** Shell scripts and the Dockerfile, as far as that shows without a GPU or a container engine. */
class ScriptsTest {

  private static final String BASH = "#!/usr/bin/env bash";

  @TempDir private Path folder;

  @Test
  void allScriptsAreBash() throws Exception {
    List<Path> scripts =
        Repository.below("bin", "deploy", ".ci", "notebooks").stream()
            .filter(ScriptsTest::isBash)
            .toList();

    assertThat(scripts).hasSizeGreaterThan(8).allSatisfy(Files::isExecutable);
    String check = "for script; do bash -n \"$script\" || exit; done";
    assertThat(
            run(
                Stream.concat(
                    Stream.of("bash", "-c", check, "check"), scripts.stream().map(Path::toString))))
        .isEmpty();
  }

  @Test
  void gpusAreDiscovered() throws Exception {
    nvidiaSmi("printf '0\\n1\\n'");
    assertThat(discover()).isEqualTo("{\"name\": \"gpu\", \"addresses\": [\"0\", \"1\"]}");

    nvidiaSmi("echo 3");
    assertThat(discover()).isEqualTo("{\"name\": \"gpu\", \"addresses\": [\"3\"]}");
  }

  @Test
  void noGpuIsAnErrorThatSaysWhy() throws Exception {
    assertThat(discover()).contains("there is no nvidia-smi").endsWith("status 1");

    nvidiaSmi("echo 'Driver not loaded'; exit 9");
    assertThat(discover()).contains("nvidia-smi fails").contains("Driver not loaded");

    nvidiaSmi("echo 'No devices were found'");
    assertThat(discover()).contains("lists no GPU").endsWith("status 1");
  }

  @Test
  void storeJarsAreThoseThatSparkLacks() throws Exception {
    Path maven = folder.resolve("org/apache/hadoop/hadoop-aws/3/hadoop-aws-3.jar");
    Path other = folder.resolve("org/apache/commons/text/text-1.jar");
    Path there = folder.resolve("software/amazon/awssdk/s3/s3-2.jar");
    for (Path jar : List.of(maven, other, there)) {
      Files.createDirectories(jar.getParent());
      Files.writeString(jar, "");
    }
    Path spark = Files.createDirectories(folder.resolve("jars"));
    Files.writeString(spark.resolve("s3-2.jar"), "");
    Path classpath =
        Files.writeString(folder.resolve("classpath"), maven + ":" + other + ":" + there);
    String script = Repository.file("deploy/docker/store-jars").toString();
    Path out = folder.resolve("out");

    assertThat(run(Stream.of(script, classpath.toString(), spark.toString(), out.toString())))
        .isEmpty();

    assertThat(out).isDirectoryContaining("glob:**/hadoop-aws-3.jar");
    assertThat(out.toFile().list()).hasSize(1);
    Files.writeString(classpath, other.toString());
    Files.delete(out.resolve("hadoop-aws-3.jar"));
    assertThat(run(Stream.of(script, classpath.toString(), spark.toString(), out.toString())))
        .contains("names no hadoop-aws");
  }

  @Test
  void theImageIsPinnedUnprivilegedAndOfFilesThatAreThere() {
    String text = Repository.text("deploy/docker/Dockerfile");

    Matcher bases = Pattern.compile("(?m)^ARG \\w+_IMAGE=(\\S+)$").matcher(text);
    assertThat(bases.results().map(base -> base.group(1)).toList())
        .hasSize(4)
        .allMatch(base -> base.matches("[\\w./-]+:[\\w.-]*\\d[\\w.-]*"));
    for (String stage : text.split("(?m)^FROM ", -1)) {
      if (stage.startsWith("${SPARK_IMAGE} AS cpu") || stage.startsWith("${CUDA_IMAGE} AS gpu")) {
        assertThat(stage.lines().filter(line -> line.startsWith("USER ")).toList())
            .last()
            .isEqualTo("USER 185");
      }
    }
    Matcher copies = Pattern.compile("(?m)^COPY (?!--from)(.+) \\S+$").matcher(text);
    assertThat(copies.results().flatMap(copy -> Stream.of(copy.group(1).split(" "))).toList())
        .hasSizeGreaterThan(8)
        .allSatisfy(file -> assertThat(Repository.file(file)).exists());
  }

  private void nvidiaSmi(String script) throws IOException {
    Path file = Files.writeString(folder.resolve("nvidia-smi"), "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private String discover() throws Exception {
    String script = Repository.file("deploy/gpu/discover").toString();
    // Nothing of the machine's own: it may have a GPU.
    return run(Stream.of("env", "PATH=" + folder, "/bin/bash", script));
  }

  /** What a command prints, and its status if that isn't 0. */
  private String run(Stream<String> command) throws Exception {
    Process process = new ProcessBuilder(command.toList()).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int status = process.waitFor();
    return status == 0 ? said.strip() : "%s status %d".formatted(said.strip(), status);
  }

  private static boolean isBash(Path file) {
    try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
      return lines.findFirst().orElse("").equals(BASH);
    } catch (IOException failure) {
      return false;
    }
  }
}
