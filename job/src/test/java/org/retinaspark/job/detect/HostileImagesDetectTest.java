package org.retinaspark.job.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.retinaspark.job.ExitStatus;
import org.retinaspark.job.LocalSpark;
import org.retinaspark.job.Main;
import org.retinaspark.job.Photos;
import org.retinaspark.udf.image.HostileImage;
import org.retinaspark.udf.image.HostileImages;

/** The corpus of bad images through the whole job: a row for each, with the right reason. */
class HostileImagesDetectTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"original", "vga"})
  void everyImageHasTheRowThatItMust(String protocol) throws IOException {
    Path photos = Files.createDirectories(folder.resolve("photos"));
    for (HostileImage image : HostileImages.all()) {
      Files.write(photos.resolve(image.name()), image.content());
    }

    Map<String, Row> rows = detect(protocol);

    assertThat(rows).hasSize(HostileImages.all().size());
    for (HostileImage image : HostileImages.all()) {
      Row row = Objects.requireNonNull(rows.get(image.name()), image.name());
      Row error = row.getAs("error");
      assertThat(error == null ? "" : error.getString(0) + "/" + error.getString(1))
          .as(image.name())
          .isEqualTo(image.fails() ? image.stage() + "/" + image.code() : "");
      assertThat(row.<Object>getAs("status")).isEqualTo(image.fails() ? "failed" : "ok");
      List<String> warnings = row.getList(row.fieldIndex("warnings"));
      assertThat(warnings).as(image.name()).isEqualTo(image.warning().stream().toList());
    }
  }

  private Map<String, Row> detect(String protocol) {
    LocalSpark.session();
    StringWriter output = new StringWriter();
    int status =
        Main.run(
            new PrintWriter(output, true),
            new PrintWriter(output, true),
            "detect",
            "--input",
            folder.resolve("photos").toString(),
            "--output",
            folder.resolve("faces").toString(),
            "--model",
            Photos.model(folder.resolve("tiny.onnx")).toString(),
            "--protocol",
            protocol,
            "--progress",
            "none");
    assertThat(status).as(output.toString()).isEqualTo(ExitStatus.DONE);
    Map<String, Row> rows = new TreeMap<>();
    for (Row row :
        LocalSpark.session().read().parquet(folder.resolve("faces").toString()).collectAsList()) {
      assertThat(rows.put(row.getAs("image"), row)).as("a second row").isNull();
    }
    return rows;
  }
}
