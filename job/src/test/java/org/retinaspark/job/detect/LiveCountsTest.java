package org.retinaspark.job.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.retinaspark.job.LocalSpark;
import org.retinaspark.job.Photos;
import org.retinaspark.udf.spark.LiveCounts;

/** The driver hears of images before their task ends, without hurried heartbeats. */
class LiveCountsTest {

  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(60);

  /** More than tasks, so that the last photo has company in its own. */
  private static final int OTHERS = 40;

  @TempDir private Path folder;

  @Test
  void imagesOfARunningTaskAreTold() throws IOException {
    SparkSession spark = LocalSpark.session();
    spark
        .sparkContext()
        .hadoopConfiguration()
        .set("fs.curious.impl", CuriousFileSystem.class.getName());
    for (int photo = 0; photo < OTHERS; photo++) {
      Photos.write(folder.resolve("photos/" + photo + ".png"), 1);
    }
    Photos.write(folder.resolve("photos/last.png"), 1);
    Path model = Photos.model(folder.resolve("tiny.onnx"));
    CuriousFileSystem.before = LiveCounts.told();

    DetectConfig config =
        DetectConfig.of(
            "--input",
            "curious://" + folder.resolve("photos"),
            "--output",
            folder.resolve("faces").toString(),
            "--model",
            model.toString(),
            "--readers",
            "1",
            "--image-timeout",
            "90",
            "--progress",
            "none");
    DetectResult result =
        new DetectAction(spark, config, new PrintWriter(Writer.nullWriter())).execute();

    assertThat(result.failures()).isEmpty();
    assertThat(result.images()).isEqualTo(OTHERS + 1);
    assertThat(LiveCounts.told().since(CuriousFileSystem.before).faces()).isPositive();
  }

  /** Opens the last photo only once the driver knows of all others, of those in its task too. */
  public static final class CuriousFileSystem extends RawLocalFileSystem {

    private static volatile LiveCounts before = LiveCounts.told();

    @Override
    public URI getUri() {
      return URI.create("curious:///");
    }

    @Override
    public FSDataInputStream open(org.apache.hadoop.fs.Path file, int buffer) throws IOException {
      long end = System.nanoTime() + PATIENCE;
      while (file.getName().startsWith("last")
          && LiveCounts.told().since(before).images() < OTHERS) {
        if (System.nanoTime() > end) {
          throw new IOException("the driver never heard of the images before");
        }
        Thread.onSpinWait();
      }
      return super.open(file, buffer);
    }
  }
}
