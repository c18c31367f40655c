package org.retinaspark.job.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.SerializableConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.retinaspark.job.LocalSpark;
import org.retinaspark.job.Photos;
import org.retinaspark.job.model.ModelFile;
import org.retinaspark.udf.model.RecognitionOptions;
import org.retinaspark.udf.runtime.Provider;

class ExecutorChecksTest {

  @TempDir private Path folder;

  /** Spark serialises the checks to send them, and what they saw to bring it back. */
  @Test
  void goesToTasksAndComesBack() {
    String model = Photos.model(folder.resolve("tiny.onnx")).toString();
    Path photos = folder.resolve("photos");
    Photos.write(photos.resolve("one.png"), 1);
    ModelFile file = ModelFile.read(model, RecognitionOptions.BY_FILE, new Configuration());
    JavaSparkContext context =
        JavaSparkContext.fromSparkContext(LocalSpark.session().sparkContext());
    DoctorConfig config =
        new DoctorConfig(
            model,
            RecognitionOptions.BY_FILE,
            Provider.AUTO,
            0,
            List.of(photos.toString()),
            Optional.of(folder.resolve("out").toString()));
    ExecutorChecks checks =
        new ExecutorChecks(
            config,
            2,
            context.broadcast(new SerializableConfiguration(new Configuration())),
            file.description(),
            context.broadcast(file.content()));

    ExecutorReport report =
        new ExecutorReport(context.parallelize(List.of(1, 2, 3), 3).map(checks).collect());

    assertThat(report.scope()).contains("1 executor(s) on 1 machine(s)");
    assertThat(report.findings().get(0).found())
        .startsWith("1 executor(s), fine: Java, memory, local disk")
        .contains("network, input, output");
    assertThat(report.findings()).noneMatch(Finding::isProblem);
  }

  @Test
  void tellsWhatIsWrongOnceAMachine() {
    Finding fine = Finding.ok("Java", "17");
    Finding bare = Finding.warning("libwebp", "can't be loaded", "coarser", "install it");
    ExecutorReport report =
        new ExecutorReport(
            List.of(
                new ExecutorChecks.Seen("a", "0", List.of(fine, bare)),
                new ExecutorChecks.Seen("a", "0", List.of(fine, bare)),
                new ExecutorChecks.Seen("a", "1", List.of(fine, bare)),
                new ExecutorChecks.Seen("b", "2", List.of(fine))));

    assertThat(report.findings())
        .containsExactly(
            Finding.ok("a", "2 executor(s), fine: Java"),
            bare.on("a"),
            Finding.ok("b", "1 executor(s), fine: Java"));
    assertThat(report.scope()).endsWith("at 3 executor(s) on 2 machine(s)");
  }
}
