package org.retinaspark.job.sql;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.retinaspark.job.ExitStatus;
import org.retinaspark.job.LocalSpark;
import org.retinaspark.job.Main;
import org.retinaspark.udf.RetinaSpark;

/** {@link RetinaSpark#detect} on a dataset that is not ours. */
class DetectColumnTest {

  private final SparkSession spark = LocalSpark.session();

  @TempDir private Path folder;

  private ColumnImages images;

  @BeforeEach
  void makeModel() {
    images = new ColumnImages(folder);
  }

  @Test
  void keepsAllColumnsAndAddsOne() throws IOException {
    Dataset<Row> table = images.table(spark, 9);

    Dataset<Row> detected = RetinaSpark.detect(table, "content", images.options());

    assertThat(detected.columns())
        .containsExactly("path", "content", "tags", "number", RetinaSpark.DETECTION);
    assertThat(detected.drop(RetinaSpark.DETECTION).collectAsList())
        .containsExactlyInAnyOrderElementsOf(table.collectAsList());
    for (Row row : detected.collectAsList()) {
      Row detection = row.getAs(RetinaSpark.DETECTION);
      assertThat(detection.<String>getAs("status")).isEqualTo("ok");
      assertThat(detection.<Integer>getAs("height")).isEqualTo(72);
      assertThat(detection.getList(detection.fieldIndex("faces")))
          .hasSize(row.<Integer>getAs("number") % 4);
    }
  }

  @Test
  void findsWhatTheCommandFinds() throws IOException {
    Dataset<Row> table = images.table(spark, 12);
    String output = folder.resolve("faces").toString();
    StringWriter err = new StringWriter();
    int status =
        Main.run(
            new PrintWriter(new StringWriter()),
            new PrintWriter(err, true),
            "detect",
            "--input",
            images.photos().toString(),
            "--output",
            output,
            "--model",
            requireNonNull(images.options().get("model")),
            "--provider",
            "cpu",
            "--progress",
            "none");
    assertThat(status).as(err.toString()).isEqualTo(ExitStatus.DONE);

    Dataset<Row> detected = RetinaSpark.detect(table, "content", images.options());

    Dataset<Row> found = detected.selectExpr("path AS image", "detection.*").orderBy("image");
    Dataset<Row> written =
        spark
            .read()
            .parquet(output)
            .select("image", "status", "error", "warnings", "width", "height", "faces")
            .orderBy("image");
    assertThat(found.collectAsList()).isEqualTo(written.collectAsList());
    // But for what the key column says of the run.
    assertThat(found.drop("image").schema().asNullable())
        .isEqualTo(written.drop("image").schema().asNullable());
  }

  @Test
  void makesFailedStructsOfWhatIsNoImage() {
    Dataset<Row> detected =
        RetinaSpark.detect(images.broken(spark), "content", images.options(), "found");

    Map<String, String> codes =
        detected
            .selectExpr("path", "found.status", "found.error.code", "size(found.faces) AS n")
            .where("status = 'failed' AND n = 0")
            .collectAsList()
            .stream()
            .collect(Collectors.toMap(row -> row.getString(0), row -> row.getString(2)));
    assertThat(codes).isEqualTo(Map.of("text", "unknown_format", "empty", "empty", "null", "null"));
  }

  @Test
  void leavesTheSettingsOfTheSession() throws IOException {
    SparkSession own = spark.newSession();
    Dataset<Row> table = images.table(own, 2);
    var before = own.conf().getAll();

    RetinaSpark.detect(table, "content", images.options()).collectAsList();

    assertThat(own.conf().getAll()).isEqualTo(before);
  }

  @Test
  void goesOnWithNoRowsAndManyPartitions() throws IOException {
    Dataset<Row> table = images.table(spark, 8).where("number > 5").repartition(7);

    assertThat(RetinaSpark.detect(table, "content", images.options()).count()).isEqualTo(2);
    assertThat(
            RetinaSpark.detect(table, "content", images.options())
                .select(functions.sum(functions.size(functions.col("detection.faces"))))
                .first()
                .getLong(0))
        .isEqualTo(2 + 3);
  }

  @Test
  void namesWhatOptionsThereAre() throws IOException {
    Dataset<Row> table = images.table(spark, 1);

    assertThatThrownBy(() -> RetinaSpark.detect(table, "content", Map.of("output", "x")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("'output' is no option of detection on a column")
        .hasMessageContaining("batch-size, batch-wait, batching, class-output, details, device")
        .hasMessageContaining("score-threshold");
    assertThatThrownBy(() -> RetinaSpark.detect(table, "content", Map.of("threads", "many")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("--threads");
    assertThatThrownBy(() -> RetinaSpark.detect(table, "image", Map.of()))
        .hasMessageContaining("no column 'image'")
        .hasMessageContaining("path, content");
    assertThatThrownBy(() -> RetinaSpark.detect(table, "content", Map.of(), "Tags"))
        .hasMessageContaining("a column 'Tags' already");
    assertThatThrownBy(
            () -> RetinaSpark.detect(table, "path", images.options()).queryExecution().analyzed())
        .hasMessageContaining("detect_faces looks for faces in the bytes of an image file");
  }
}
