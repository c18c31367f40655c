package org.retinaspark.job.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.retinaspark.job.LocalSpark;
import org.retinaspark.udf.RetinaSpark;
import org.retinaspark.udf.RetinaSparkExtensions;

/** {@code detect_faces} in SQL, as an operator and row by row. */
class DetectFacesSqlTest {

  private static final String OPERATOR = "DetectFaces ";

  @TempDir private Path folder;

  private ColumnImages images;

  @BeforeEach
  void makeModel() {
    images = new ColumnImages(folder);
  }

  /** One that asked for the functions by a setting, or one that was told of them. */
  private static SparkSession session(boolean extended) {
    SparkSession shared = LocalSpark.session();
    if (!extended) {
      SparkSession own = shared.newSession();
      RetinaSpark.register(own);
      return own;
    }
    SparkSession.clearActiveSession();
    SparkSession.clearDefaultSession();
    try {
      return SparkSession.builder().withExtensions(new RetinaSparkExtensions()).getOrCreate();
    } finally {
      SparkSession.setActiveSession(shared);
      SparkSession.setDefaultSession(shared);
    }
  }

  private Dataset<Row> query(SparkSession spark, String sql) {
    return spark.sql(sql.replace("FACES(", "detect_faces(").replace("OPTIONS", images.map()));
  }

  private static long operators(Dataset<Row> query) {
    return query.queryExecution().executedPlan().toString().split(OPERATOR, -1).length - 1L;
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void isAnOperator(boolean extended) throws IOException {
    SparkSession spark = session(extended);
    images.table(spark, 13).createOrReplaceTempView("photos");

    Dataset<Row> faces =
        query(
            spark,
            "SELECT number, size(FACES(content, OPTIONS).faces) AS n,"
                + " FACES(content, OPTIONS).status AS status FROM photos ORDER BY number");

    assertThat(operators(faces)).isEqualTo(1);
    List<Row> rows = faces.collectAsList();
    assertThat(rows).hasSize(13);
    assertThat(rows)
        .allSatisfy(row -> assertThat(row.getInt(1)).isEqualTo(row.getInt(0) % 4))
        .allSatisfy(row -> assertThat(row.getString(2)).isEqualTo("ok"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void sharesOneOperatorWithItsCondition(boolean extended) throws IOException {
    SparkSession spark = session(extended);
    images.table(spark, 9).createOrReplaceTempView("photos");

    Dataset<Row> direct =
        query(
            spark,
            "SELECT path, FACES(content, OPTIONS).faces[0].box FROM photos"
                + " WHERE size(FACES(content, OPTIONS).faces) > 1 AND number < 6 ORDER BY path");
    Dataset<Row> nested =
        query(
            spark,
            "SELECT path, d.faces[0].box FROM (SELECT *, FACES(content, OPTIONS) AS d FROM photos)"
                + " WHERE size(d.faces) > 1 AND number < 6 ORDER BY path");

    assertThat(operators(direct)).isEqualTo(1);
    assertThat(operators(nested)).isEqualTo(1);
    assertThat(direct.collectAsList()).hasSize(2).isEqualTo(nested.collectAsList());
    // What needs no face is asked below the operator, by the scan.
    for (Dataset<Row> query : List.of(direct, nested)) {
      String plan = query.queryExecution().executedPlan().toString();
      assertThat(plan.substring(plan.indexOf(OPERATOR))).contains("LessThan(number,6)");
      assertThat(plan).doesNotContain("tags");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT n, count(*) FROM (SELECT size(FACES(content, OPTIONS).faces) AS n FROM photos)"
            + " GROUP BY n",
        "SELECT sum(size(FACES(content, OPTIONS).faces)), max(path) FROM photos",
        "SELECT path FROM photos ORDER BY size(FACES(content, OPTIONS).faces), path LIMIT 3",
        "SELECT path, face.box FROM photos LATERAL VIEW explode(FACES(content, OPTIONS).faces) f AS"
            + " face",
        "SELECT a.path FROM photos a JOIN photos b ON a.number = b.number"
            + " WHERE size(FACES(a.content, OPTIONS).faces) = 2",
        "SELECT path, (SELECT max(size(FACES(content, OPTIONS).faces)) FROM photos) FROM photos",
        "SELECT path, row_number() OVER (ORDER BY size(FACES(content, OPTIONS).faces), path) FROM"
            + " photos",
      })
  void isAnOperatorBelowWhateverAsksForIt(String sql) throws IOException {
    SparkSession spark = session(false);
    images.table(spark, 6).createOrReplaceTempView("photos");
    Dataset<Row> query = query(spark, sql);

    assertThat(operators(query)).as(query.queryExecution().toString()).isEqualTo(1);
    assertThat(query.collectAsList()).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void isEvaluatedRowByRowElsewhereWithEqualFaces(boolean extended) throws IOException {
    SparkSession spark = session(extended);
    images.table(spark, 9).createOrReplaceTempView("photos");

    Dataset<Row> rowWise =
        query(
            spark,
            "SELECT path, IF(number >= 3, FACES(content, OPTIONS).faces, NULL) FROM photos ORDER BY"
                + " path");
    Dataset<Row> inLambda =
        query(
            spark,
            "SELECT path, IF(number >= 3, transform(array(content, content), c -> FACES(c,"
                + " OPTIONS).faces)[1], NULL) FROM photos ORDER BY path");
    Dataset<Row> lifted =
        query(
            spark,
            "SELECT path, IF(number >= 3, d.faces, NULL) FROM (SELECT *, FACES(content, OPTIONS) AS"
                + " d FROM photos WHERE length(content) > 0) ORDER BY path");

    assertThat(operators(rowWise)).isZero();
    assertThat(operators(inLambda)).isZero();
    assertThat(rowWise.collectAsList()).hasSize(9).isEqualTo(lifted.collectAsList());
    assertThat(inLambda.collectAsList()).isEqualTo(lifted.collectAsList());
  }

  @Test
  void isNotComputedOnTheDriver() {
    SparkSession spark = session(false);

    Dataset<Row> local =
        query(spark, "SELECT FACES(X'00', OPTIONS).error.code, FACES(NULL, OPTIONS).error.code");

    assertThat(local.first().getString(0)).isEqualTo("unknown_format");
    assertThat(local.first().getString(1)).isEqualTo("null");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void isDescribed(boolean extended) {
    SparkSession spark = session(extended);
    for (String name : List.of("detect_faces", "face_crop", "image_info", "wider_face_ap")) {
      String described =
          String.join(
              "\n",
              spark.sql("DESCRIBE FUNCTION EXTENDED " + name).collectAsList().stream()
                  .map(row -> row.getString(0))
                  .toList());
      assertThat(described).contains("Usage: " + name + "(", "Examples:", "Arguments:");
    }
  }

  @Test
  void saysWhatIsWrongWithACall() {
    SparkSession spark = session(false);
    Stream.of(
            "SELECT detect_faces()|takes an image's bytes",
            "SELECT detect_faces(X'00', 5)|must be a constant map",
            "SELECT detect_faces(X'00', map('size', '5'))|is no option",
            "SELECT detect_faces('text', OPTIONS)|give a column of type BINARY",
            "SELECT face_crop(X'00', 5)|must be a struct with landmarks",
            "SELECT image_info()|takes an image's bytes")
        .map(line -> line.split("\\|"))
        .forEach(
            line ->
                assertThatThrownBy(() -> query(spark, line[0]).collectAsList())
                    .as(line[0])
                    .hasMessageContaining(line[1]));
  }

  @Test
  void cropsFacesAndTellsOfImages() throws IOException {
    SparkSession spark = session(false);
    images.table(spark, 3).createOrReplaceTempView("photos");

    Row crop =
        query(
                spark,
                "SELECT image_info(face_crop(content, face)) AS i FROM (SELECT content,"
                    + " explode(FACES(content, OPTIONS).faces) AS face FROM photos WHERE number = 1)")
            .first()
            .getStruct(0);
    assertThat(crop.<String>getAs("format")).isEqualTo("PNG");
    assertThat(crop.<Integer>getAs("width")).isEqualTo(112);
    Row broken = spark.sql("SELECT image_info(X'FFD8FF00') AS i").first().getStruct(0);
    assertThat(broken.<String>getAs("status")).isEqualTo("failed");
    assertThat(broken.<String>getAs("format")).isEqualTo("JPEG");
    assertThat(broken.<Row>getAs("error").getString(0)).isEqualTo("corrupt");
    assertThat(spark.sql("SELECT face_crop(NULL, named_struct('landmarks', NULL))").first().get(0))
        .isNull();
  }
}
