package org.retinaspark.job.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.spark.launcher.JavaModuleOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.retinaspark.job.ExitStatus;
import org.retinaspark.job.Main;
import org.retinaspark.job.Photos;

/** A run that is told to end, as by Ctrl-C or a shutdown. */
@Tag("cluster")
class InterruptedRunTest {

  private static final int PHOTOS = 200;

  /** What a shell says of a process that got SIGTERM. */
  private static final int TERMINATED = 128 + 15;

  @TempDir private Path folder;

  @Test
  void saysByWhichCommandItGoesOn() throws Exception {
    for (int photo = 0; photo < PHOTOS; photo++) {
      Photos.write(folder.resolve("my photos/%03d.png".formatted(photo)), photo % 4);
    }
    Photos.model(folder.resolve("tiny.onnx"));
    Process run =
        start(
            "detect",
            "--overwrite",
            "--input",
            folder.resolve("my photos").toString(),
            "--output",
            folder.resolve("faces").toString(),
            "--model",
            folder.resolve("tiny.onnx").toString(),
            "--checkpoint-images",
            "2",
            "--progress",
            "none");
    try {
      StandaloneCluster.await("a committed chunk", this::hasCommitted);
      run.destroy();
      assertThat(run.waitFor(1, TimeUnit.MINUTES)).isTrue();
      assertThat(run.exitValue()).isEqualTo(TERMINATED);
    } finally {
      run.destroyForcibly();
    }

    String said = Files.readString(folder.resolve("log"));
    assertThat(said)
        .contains("retinaspark: interrupted. What is committed stays at ")
        .contains("  spark-submit ... detect --input '" + folder.resolve("my photos") + "' ")
        .contains("--progress none --resume\n")
        .doesNotContain("--overwrite")
        .doesNotContain("a fault of ours")
        .doesNotContain("DetectCommand failed");
    List<String> command =
        new ArrayList<>(
            List.of("detect", "--input", folder.resolve("my photos").toString(), "--output"));
    command.addAll(List.of(folder.resolve("faces").toString(), "--resume", "--model"));
    command.addAll(List.of(folder.resolve("tiny.onnx").toString(), "--progress", "none"));
    Process resumed = start(command.toArray(String[]::new));
    assertThat(resumed.waitFor(2, TimeUnit.MINUTES)).isTrue();
    assertThat(resumed.exitValue()).isEqualTo(ExitStatus.DONE);
    assertThat(Files.readString(folder.resolve("log"))).contains(PHOTOS + " images, 0 failed");
  }

  private boolean hasCommitted() {
    String[] names = folder.resolve("faces/_chunks").toFile().list();
    return names != null && Arrays.stream(names).anyMatch(name -> name.matches("0.*\\.json\\.gz"));
  }

  private Process start(String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(JavaModuleOptions.defaultModuleOptionArray()));
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Xmx512m"));
    command.addAll(List.of("-Dspark.master=local[2]", "-Dspark.ui.enabled=false"));
    command.addAll(List.of("-Dspark.driver.host=localhost", "-cp", StandaloneCluster.classPath()));
    command.add(Main.class.getName());
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(new File(folder.toFile(), "log"))
        .start();
  }
}
