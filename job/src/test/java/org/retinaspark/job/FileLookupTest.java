package org.retinaspark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkFiles;
import org.junit.jupiter.api.Test;

/** What YARN does with {@code --files} is tested on YARN. */
class FileLookupTest {

  private final SparkContext context = LocalSpark.session().sparkContext();
  private final FileLookup lookup = new FileLookup(context);

  @Test
  void findsAFileThatCameWithTheApplication() throws IOException {
    // Where Spark puts it; added to the session, it would be fetched by the tasks of all other
    // tests.
    Path file = Path.of(SparkFiles.get("came-along.onnx"));
    Files.writeString(file, "a model");
    try {
      assertThat(lookup.find("--model", "came-along.onnx")).isEqualTo("file:" + file);
    } finally {
      Files.delete(file);
    }
  }

  @Test
  void findsAFileOfTheWorkingFolder() {
    assertThat(lookup.find("--model", "pom.xml")).startsWith("file:/").endsWith("/pom.xml");
  }

  @Test
  void leavesWholeLocationsAlone() {
    assertThat(lookup.find("--model", "s3a://bucket/m.onnx")).isEqualTo("s3a://bucket/m.onnx");
    assertThat(lookup.find("--model", "/absent/m.onnx")).isEqualTo("/absent/m.onnx");
    assertThat(lookup.find("--model", "no:uri")).isEqualTo("no:uri");
    assertThat(lookup.find("--model", "")).isEmpty();
  }

  @Test
  void saysWhereItLooked() {
    assertThatThrownBy(() -> lookup.find("--model", "absent.onnx"))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith("--model 'absent.onnx' is not there: nothing was done. Looked for ")
        .hasMessageContaining("/userFiles-")
        .hasMessageContaining(Path.of("absent.onnx").toAbsolutePath().toString())
        .hasMessageContaining("--files");
  }
}
