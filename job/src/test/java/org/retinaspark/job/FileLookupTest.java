package org.retinaspark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.SparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What YARN does with {@code --files} is tested on YARN. */
class FileLookupTest {

  @TempDir private Path folder;
  private final SparkContext context = LocalSpark.session().sparkContext();
  private final FileLookup lookup = new FileLookup(context);

  @Test
  void findsAFileThatCameWithTheApplication() throws IOException {
    Path file = Files.writeString(folder.resolve("came-along.onnx"), "a model");
    context.addFile(file.toUri().toString());

    String found = lookup.find("--model", "came-along.onnx");

    assertThat(Path.of(java.net.URI.create(found))).hasContent("a model").isNotEqualTo(file);
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
