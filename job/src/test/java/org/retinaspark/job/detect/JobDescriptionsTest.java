package org.retinaspark.job.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.retinaspark.job.ExitStatus;
import org.retinaspark.job.LocalSpark;
import org.retinaspark.job.Main;
import org.retinaspark.job.Photos;

/** What Spark's web pages say of the jobs of a run. */
class JobDescriptionsTest {

  private static final String DESCRIPTION = "spark.job.description";

  @TempDir private Path folder;

  @Test
  void everyJobOfEveryCommandSaysWhatItIsFor() throws Exception {
    Photos.write(folder.resolve("photos/one.png"), 1);
    String model = Photos.model(folder.resolve("tiny.onnx")).toString();
    String photos = folder.resolve("photos").toString();
    String faces = folder.resolve("faces").toString();
    Descriptions said = new Descriptions();
    SparkContext context = LocalSpark.session().sparkContext();
    context.addSparkListener(said);
    try {
      run("detect", "--input", photos, "--output", faces, "--model", model);
      run("detect", "--input", photos, "--output", faces, "--model", model, "--retry-failed");
      run("preview", "--detections", faces, "--output", folder.resolve("page").toString());
      run("export", "--detections", faces, "--format", "coco", "--output", faces + ".json");
      context.listenerBus().waitUntilEmpty();
    } finally {
      context.removeSparkListener(said);
      context.setJobDescription(null);
    }

    assertThat(said.all)
        .isNotEmpty()
        .doesNotContain("")
        .contains("chunk 1, files 1 to 1 of 1", "publish the table")
        .anyMatch(text -> text.startsWith("retinaspark preview "))
        .anyMatch(text -> text.startsWith("retinaspark export "));
  }

  private static void run(String... arguments) {
    StringWriter errors = new StringWriter();
    int status = Main.run(new PrintWriter(new StringWriter()), new PrintWriter(errors), arguments);
    assertThat(status).as(errors.toString()).isEqualTo(ExitStatus.DONE);
  }

  private static final class Descriptions extends SparkListener {

    private final List<String> all = new CopyOnWriteArrayList<>();

    @Override
    public void onJobStart(SparkListenerJobStart job) {
      all.add(job.properties().getProperty(DESCRIPTION, ""));
    }
  }
}
