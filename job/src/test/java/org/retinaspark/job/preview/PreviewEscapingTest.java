package org.retinaspark.job.preview;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.retinaspark.job.ExitStatus;
import org.retinaspark.job.LocalSpark;
import org.retinaspark.job.Main;
import org.retinaspark.job.Photos;

class PreviewEscapingTest {

  private static final String EVIL = "<script>alert(1)<";

  @TempDir private Path folder;

  @Test
  void namesAreShownAndNotRun() throws IOException {
    LocalSpark.session();
    Photos.write(folder.resolve("photos").resolve(EVIL + "/\"onload='x'.png"), 1);
    Files.writeString(folder.resolve("photos/<script>.jpg"), EVIL);
    run(
        "detect",
        "--input",
        folder.resolve("photos").toString(),
        "--output",
        folder.resolve("<script>table").toString(),
        "--model",
        Photos.model(folder.resolve("tiny.onnx")).toString(),
        "--progress",
        "none");

    run(
        "preview",
        "--detections",
        folder.resolve("<script>table").toString(),
        "--input",
        folder.resolve("photos").toString(),
        "--output",
        folder.resolve("page").toString());

    String page = Files.readString(folder.resolve("page/index.html"));
    assertThat(page)
        .contains("&lt;script&gt;alert(1)&lt;/&quot;onload=&#39;x&#39;.png")
        .doesNotContain("<script", "\"onload");
  }

  private static void run(String... arguments) {
    StringWriter output = new StringWriter();
    PrintWriter writer = new PrintWriter(output, true);
    assertThat(Main.run(writer, writer, arguments))
        .as(output.toString())
        .isEqualTo(ExitStatus.DONE);
  }
}
