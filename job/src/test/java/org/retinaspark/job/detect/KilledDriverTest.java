package org.retinaspark.job.detect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.retinaspark.job.LocalSpark;
import org.retinaspark.job.Main;
import org.retinaspark.job.Photos;

/** A driver that gets SIGKILL again and again and is started again. */
@Tag("cluster")
class KilledDriverTest {

  /** Each is a JVM that starts and dies; twice tells a second resume from the first. */
  private static final int KILLS = Integer.getInteger("retinaspark.test.kills", 2);

  private static final int PHOTOS = 120;

  /**
   * Changes on the disk after which the first chunk is certainly done: it takes about 70 of 880.
   */
  private static final int FIRST_CHUNK = 120;

  /** What a shell says of a process that got SIGKILL. */
  private static final int KILLED = 128 + 9;

  @TempDir private Path folder;

  @Test
  void tableOfAKilledRunIsThatOfAnUndisturbedOne() throws Exception {
    for (int photo = 0; photo < PHOTOS; photo++) {
      Photos.write(folder.resolve("photos/%03d.png".formatted(photo)), photo % 4);
    }
    Files.writeString(folder.resolve("photos/broken.jpg"), "no image");
    Photos.model(folder.resolve("tiny.onnx"));
    long seed = System.nanoTime();
    Random moments = new Random(seed);

    for (int kill = 0; kill < KILLS; kill++) {
      assertThat(detect("killed", FIRST_CHUNK + moments.nextInt(100)))
          .as("exit status of run %d, seed %d: %s", kill, seed, log())
          .isEqualTo(KILLED);
    }
    assertThat(detect("killed", Long.MAX_VALUE)).as("last run, seed %d: %s", seed, log()).isZero();
    assertThat(detect("whole", Long.MAX_VALUE)).as("undisturbed run: %s", log()).isZero();

    assertThat(rows("killed")).as("seed %d", seed).hasSize(PHOTOS + 1).isEqualTo(rows("whole"));
    JsonNode work = new ObjectMapper().readTree(folder.resolve("killed/_run.json").toFile());
    assertThat(work.at("/work/unitsBefore").asLong()).as("seed %d", seed).isPositive();
    assertThat(folder.resolve("killed/_chunks")).doesNotExist();
    assertThat(folder.resolve("killed/_lock")).doesNotExist();
  }

  /** Runs the command in a JVM of its own, which dies after so many changes on the disk. */
  private int detect(String output, long life) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.add("-D" + MortalFileSystem.LIFE + "=" + life);
    command.add("-Dspark.master=local[2]");
    command.add("-Dspark.ui.enabled=false");
    command.add("-Dspark.driver.host=localhost");
    command.add("-Dspark.driver.bindAddress=127.0.0.1");
    command.add("-Dspark.hadoop.fs.mortal.impl=" + MortalFileSystem.class.getName());
    command.addAll(List.of("-cp", classPath(), Main.class.getName(), "detect", "--resume"));
    command.addAll(List.of("--input", folder.resolve("photos").toString()));
    command.addAll(List.of("--output", "mortal://" + folder.resolve(output)));
    command.addAll(List.of("--model", folder.resolve("tiny.onnx").toString()));
    command.addAll(List.of("--checkpoint-images", "6", "--progress", "none"));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    try {
      assertThat(process.waitFor(3, TimeUnit.MINUTES)).as("ended: %s", log()).isTrue();
      return process.exitValue();
    } finally {
      process.destroyForcibly();
    }
  }

  private static String classPath() {
    return System.getProperty(
        "surefire.test.class.path", System.getProperty("java.class.path", ""));
  }

  private String log() throws IOException {
    Path log = folder.resolve("log");
    return Files.exists(log) ? Files.readString(log) : "";
  }

  private List<String> rows(String output) {
    return LocalSpark.session()
        .read()
        .parquet(folder.resolve(output).toString())
        .orderBy("image")
        .toJSON()
        .collectAsList();
  }
}
