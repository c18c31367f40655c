package org.retinaspark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.util.VersionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MissingFileSystemTest {

  private static final String GHOST = "fs.ghost.impl";

  @TempDir private Path folder;

  @Test
  void namesTheLineForS3() {
    Configuration hadoop = new Configuration();
    hadoop.set("fs.ghost.impl", "org.apache.hadoop.fs.s3a.AbsentFileSystem");
    Throwable failure =
        catchThrowable(
            () -> new org.apache.hadoop.fs.Path("ghost://bucket/a").getFileSystem(hadoop));

    assertThat(MissingFileSystem.message(failure).orElseThrow())
        .contains("class org.apache.hadoop.fs.s3a.AbsentFileSystem is not on the class path")
        .contains("--packages org.apache.hadoop:hadoop-aws:" + VersionInfo.getVersion())
        .contains("--properties-file deploy/conf/s3a.conf --load-spark-defaults");
  }

  @Test
  void knowsTheWantOfAmazonsLibrary() {
    Throwable failure = new NoClassDefFoundError("software/amazon/awssdk/core/SdkClient");

    assertThat(MissingFileSystem.message(new RuntimeException(failure)).orElseThrow())
        .contains("software.amazon.awssdk.core.SdkClient")
        .contains("hadoop-aws");
  }

  @Test
  void leavesOtherFailuresAlone() {
    assertThat(MissingFileSystem.message(new IOException("Class of 1999 not found"))).isEmpty();
    assertThat(MissingFileSystem.message(new NoClassDefFoundError("org/example/Other"))).isEmpty();
    assertThat(MissingFileSystem.message(new IllegalStateException())).isEmpty();
  }

  @Test
  void everyLocationOfEveryCommandIsTheUsersToMend() {
    Configuration hadoop = LocalSpark.session().sparkContext().hadoopConfiguration();
    String model = Photos.model(folder.resolve("tiny.onnx")).toString();
    Photos.write(folder.resolve("photos/one.png"), 1);
    String photos = folder.resolve("photos").toString();
    String out = folder.resolve("out").toString();
    hadoop.set(GHOST, "org.example.GhostFileSystem");
    try {
      for (String store : new String[] {"ghost://bucket/a", "nostore://bucket/a"}) {
        String word = store.startsWith("ghost") ? "org.example.GhostFileSystem" : "\"nostore\"";
        refuses(word, "detect", "--input", store, "--output", out, "--model", model);
        refuses(word, "detect", "--input", photos, "--output", store, "--model", model);
        refuses(word, "detect", "--input", photos, "--output", out, "--model", store);
        refuses(word, "preview", "--detections", store, "--output", out);
        refuses(word, "export", "--detections", store, "--format", "coco", "--output", out);
        refuses(word, "evaluate", "--detections", store, "--ground-truth", photos);
      }
    } finally {
      hadoop.unset(GHOST);
    }
  }

  private static void refuses(String word, String... arguments) {
    StringWriter errors = new StringWriter();
    int status = Main.run(new PrintWriter(new StringWriter()), new PrintWriter(errors), arguments);
    assertThat(errors.toString()).as(String.join(" ", arguments)).contains(word, "--jars");
    assertThat(status).as(String.join(" ", arguments)).isEqualTo(ExitStatus.USAGE);
  }
}
