package org.retinaspark.job.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.retinaspark.job.LocalSpark;
import org.retinaspark.job.Main;
import org.retinaspark.job.Photos;
import org.retinaspark.job.UsageException;

/** A row a face says what a row an image says, and no image is lost. */
class LayoutTest {

  @TempDir private Path folder;
  private final SparkSession spark = LocalSpark.session();
  private Path photos;
  private Path model;

  @BeforeEach
  void prepare() throws IOException {
    photos = folder.resolve("photos");
    model = Photos.model(folder.resolve("tiny.onnx"));
    for (int photo = 0; photo < 4; photo++) {
      Photos.write(photos.resolve("e/photo " + photo + ".png"), photo);
    }
    Files.writeString(photos.resolve("e/broken.jpg"), "no image");
  }

  @Test
  void exportAndPreviewSayTheSame() throws IOException {
    DetectResult images = detect("images");
    DetectResult faces = detect("faces", "--layout", "faces");
    assertThat(faces.images()).isEqualTo(images.images()).isEqualTo(5);
    assertThat(faces.failed()).isEqualTo(1);
    assertThat(faces.faces()).isEqualTo(images.faces()).isPositive();
    assertThat(faces.failures()).isEqualTo(images.failures());
    for (String table : List.of("images", "faces")) {
      run(
          "export",
          "--detections",
          at(table),
          "--format",
          "widerface",
          "--output",
          at("x" + table));
      run("preview", "--detections", at(table), "--output", at("p" + table), "--limit", "3");
    }
    for (String file : List.of("broken", "photo 0", "photo 1", "photo 2", "photo 3")) {
      assertThat(folder.resolve("xfaces/e/" + file + ".txt"))
          .hasSameTextualContentAs(folder.resolve("ximages/e/" + file + ".txt"));
    }
    assertThat(Files.readString(folder.resolve("pfaces/index.html")).replace(at("faces"), ""))
        .isEqualTo(
            Files.readString(folder.resolve("pimages/index.html")).replace(at("images"), ""));
  }

  @Test
  void newImagesAreAddedAndFailedOnesReplaced() throws IOException {
    detect("faces", "--layout", "faces");
    Files.delete(photos.resolve("e/broken.jpg"));
    Photos.write(photos.resolve("e/broken.jpg"), 3);
    Photos.write(photos.resolve("e/photo 5.png"), 2);
    DetectResult result = detect("faces", "--layout", "faces", "--retry-failed");
    assertThat(result.work().unitsNow()).isEqualTo(2);
    assertThat(result.failed()).isZero();
    DetectResult whole = detect("whole", "--layout", "faces");
    assertThat(rows("faces")).isEqualTo(rows("whole")).hasSizeGreaterThan(6);
    assertThat(result.faces()).isEqualTo(whole.faces());
  }

  @Test
  void layoutsDontGoTogether() throws IOException {
    detect("table");
    assertThatThrownBy(() -> detect("table", "--layout", "faces", "--resume"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("--layout was images, is faces");
  }

  private List<String> rows(String table) {
    return spark
        .read()
        .parquet(at(table))
        .select("image", "status", "face_count", "best_score", "index", "score", "x1", "nose_y")
        .orderBy("image", "index")
        .collectAsList()
        .stream()
        .map(Object::toString)
        .toList();
  }

  private DetectResult detect(String output, String... more) throws IOException {
    DetectConfig config = DetectConfigs.of(photos, folder.resolve(output), model, more);
    return new DetectAction(spark, config, new PrintWriter(Writer.nullWriter())).execute();
  }

  private String at(String name) {
    return folder.resolve(name).toString();
  }

  private static void run(String... arguments) {
    StringWriter output = new StringWriter();
    PrintWriter writer = new PrintWriter(output, true);
    assertThat(Main.run(writer, writer, arguments)).as(output.toString()).isZero();
  }
}
