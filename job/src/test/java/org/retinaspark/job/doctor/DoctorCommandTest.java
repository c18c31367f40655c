package org.retinaspark.job.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.retinaspark.job.ExitStatus;
import org.retinaspark.job.Main;
import org.retinaspark.job.Photos;

class DoctorCommandTest {

  @TempDir private Path folder;
  private final StringWriter output = new StringWriter();
  private final StringWriter errors = new StringWriter();

  @Test
  void endsWellWhereARunCanWork() {
    String model = Photos.model(folder.resolve("tiny.onnx")).toString();
    String photos = folder.resolve("photos").toString();
    Photos.write(folder.resolve("photos/one.png"), 1);

    int status =
        run("--model", model, "--input", photos, "--output", folder.resolve("out").toString());

    assertThat(status).as(output + "\n" + errors).isEqualTo(ExitStatus.DONE);
    assertThat(output.toString())
        .contains("ok       model              tiny.onnx: family pytorch")
        .contains("ok       output ")
        .contains("no problems, ")
        .contains("Looked at this machine only");
  }

  @Test
  void saysWhatToDoAboutEachProblem() {
    int status = run("--model", folder.resolve("absent.onnx").toString(), "--input", "no://where");

    assertThat(status).isEqualTo(ExitStatus.USAGE);
    assertThat(output.toString())
        .contains("problem  model ")
        .contains("  what to do")
        .contains("problem  input ")
        .contains("2 problems, ");
  }

  /** Secrets are hidden in what is printed; a port with a colon after it must not look like one. */
  @Test
  void keepsLocationsLegible() {
    run("--model", folder.resolve("absent.onnx").toString(), "--input", "no://127.0.0.1:1");

    assertThat(output.toString()).contains("'no://127.0.0.1:1': ").doesNotContain("***");
  }

  private int run(String... options) {
    String[] arguments =
        Stream.concat(Stream.of("doctor"), List.of(options).stream()).toArray(String[]::new);
    return Main.run(new PrintWriter(output, true), new PrintWriter(errors, true), arguments);
  }
}
