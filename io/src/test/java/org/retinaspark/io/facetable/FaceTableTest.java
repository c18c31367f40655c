package org.retinaspark.io.facetable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.retinaspark.io.LocalSpark;
import org.retinaspark.io.UnusableLocationException;

/** What is written comes back, bit for bit, whatever the layout. */
final class FaceTableTest {

  private static final StructType NOTHING_CARRIED = new StructType();

  @TempDir private Path folder;
  private int tables;

  @ParameterizedTest
  @CsvSource({"IMAGES,5,1", "IMAGES,0,2", "IMAGES,98,3", "FACES,5,4", "FACES,0,5", "FACES,98,6"})
  void whatIsWrittenComesBack(TableLayout layout, int landmarks, long seed) {
    List<ImageRecord> records = SampleRecords.any(landmarks, seed);
    FaceTable table = FaceTable.of(stored(schema(layout, landmarks), records), "it");
    assertThat(table.first(1000).stream().map(SampleRecords::values).toList())
        .isEqualTo(records.stream().map(SampleRecords::values).toList());
    assertThat(table.first(7).stream().map(ImageRecord::image))
        .isEqualTo(records.subList(0, 7).stream().map(ImageRecord::image).toList());
    List<ImageFaces> faces =
        table.faces().collect().stream()
            .sorted((one, other) -> one.image().compareTo(other.image()))
            .toList();
    assertThat(faces.stream().map(image -> SampleRecords.values(image.faces())).toList())
        .isEqualTo(records.stream().map(record -> SampleRecords.values(record.faces())).toList());
    assertThat(faces.stream().map(ImageFaces::failed).toList())
        .isEqualTo(records.stream().map(record -> record.error() != null).toList());
    assertThat(table.boxes().collect()).allMatch(image -> image.faces().landmarks().length == 0);
  }

  @ParameterizedTest
  @EnumSource(TableLayout.class)
  void everyImageIsCountedOnce(TableLayout layout) {
    List<ImageRecord> records = SampleRecords.any(5, 7);
    FaceTable table = FaceTable.of(stored(schema(layout, 5), records), "it");
    long faces = records.stream().mapToLong(record -> record.faces().count()).sum();
    assertThat(table.counts()).isEqualTo(new TableCounts(40, 6, faces, Map.of("read/empty", 6L)));
    assertThat(table.images().count()).isEqualTo(40);
    assertThat(table.failed().count()).isEqualTo(6);
    assertThat(table.split("train").images().count()).isEqualTo(14);
  }

  @ParameterizedTest
  @EnumSource(TableLayout.class)
  void countAndBestScoreStandBesideTheFaces(TableLayout layout) {
    List<ImageRecord> records = SampleRecords.any(5, 8);
    List<Row> rows =
        FaceTable.of(stored(schema(layout, 5), records), "it")
            .images()
            .select("face_count", "best_score")
            .orderBy("image")
            .collectAsList();
    for (int number = 0; number < records.size(); number++) {
      float[] scores = records.get(number).faces().scores();
      float[] sorted = scores.clone();
      Arrays.sort(sorted);
      assertThat(rows.get(number).getInt(0)).isEqualTo(scores.length);
      assertThat(rows.get(number).<Float>getAs(1))
          .isEqualTo(scores.length == 0 ? null : sorted[scores.length - 1]);
    }
  }

  @Test
  void aRowAFaceIsFlatAndKeepsImagesWithoutFaces() {
    Dataset<Row> rows = stored(schema(TableLayout.FACES, 5), SampleRecords.any(5, 9));
    assertThat(rows.columns())
        .endsWith(
            "index",
            "score",
            "x1",
            "y1",
            "x2",
            "y2",
            "left_eye_x",
            "left_eye_y",
            "right_eye_x",
            "right_eye_y",
            "nose_x",
            "nose_y",
            "left_mouth_x",
            "left_mouth_y",
            "right_mouth_x",
            "right_mouth_y");
    assertThat(rows.where("index is null and score is null and x1 is null and nose_y is null"))
        .extracting(Dataset::count)
        .isEqualTo(rows.where("face_count = 0").count());
    assertThat(rows.where("index > 0 and index >= face_count").count()).isZero();
  }

  @Test
  void landmarksHaveNames() {
    Dataset<Row> rows = stored(schema(TableLayout.IMAGES, 5), SampleRecords.any(5, 10));
    assertThat(rows.selectExpr("explode(faces.landmarks.left_eye.x)").count()).isPositive();
    assertThat(
            stored(schema(TableLayout.IMAGES, 0), SampleRecords.any(0, 10))
                .select("faces")
                .schema()
                .simpleString())
        .doesNotContain("landmarks");
  }

  @ParameterizedTest
  @EnumSource(TableLayout.class)
  void anImageThatTheTableHasTwiceIsReadTwice(TableLayout layout) {
    Dataset<Row> rows = stored(schema(layout, 5), SampleRecords.any(5, 11));
    List<ImageFaces> read = FaceTable.of(rows.union(rows), "it").boxes().collect();
    assertThat(read).hasSize(80);
    assertThat(read.stream().mapToInt(image -> image.faces().count()).sum())
        .isEqualTo(2 * (int) FaceTable.of(rows, "it").counts().faces());
  }

  @ParameterizedTest
  @EnumSource(TableLayout.class)
  void detailsStandWhereTheRunFillsThem(TableLayout layout) {
    Random random = new Random(12);
    int faces = 3;
    FaceArrays full =
        new FaceArrays(
            SampleRecords.floats(random, faces),
            SampleRecords.floats(random, 4 * faces),
            new float[0],
            new FaceArrays.Mesh(
                "mesh1k",
                List.of(new float[0], SampleRecords.floats(random, 3 * 1000), new float[] {1}),
                new float[] {Float.NaN, 0.75f, Float.NaN}),
            List.of(
                SampleRecords.floats(random, 136), new float[0], SampleRecords.floats(random, 136)),
            Arrays.asList(
                new FaceArrays.Pose(1, 2, 3, "mesh"),
                null,
                new FaceArrays.Pose(-4, 5, 6, "points")),
            List.of(
                List.of(),
                List.of(new FaceArrays.Part("nose", "1 2"), new FaceArrays.Part("skin", "3")),
                List.of(new FaceArrays.Part("hair", ""))));
    FaceArrays bare = SampleRecords.faces(random, 2, 0);
    TableSchema schema =
        new TableSchema(layout, List.of(), Set.of(FaceDetail.values()), NOTHING_CARRIED);
    Dataset<Row> rows = stored(schema, List.of(record("a", full), record("b", bare)));
    Dataset<Row> flat =
        layout == TableLayout.FACES
            ? rows.select("image", "index", "mesh_vertices", "landmarks68", "pitch", "parts.rle")
            : rows.selectExpr("image", "inline(faces)")
                .select(
                    "image", "index", "mesh.vertices", "landmarks68", "pose.pitch", "parts.rle");
    List<Row> read = flat.orderBy("image", "index").collectAsList();
    assertThat(read).hasSize(5);
    FaceArrays.Mesh mesh = java.util.Objects.requireNonNull(full.mesh());
    assertThat(read.get(1).<Float>getList(2))
        .hasSize(3000)
        .element(7)
        .isEqualTo(mesh.vertices().get(1)[7]);
    assertThat(read.get(0).isNullAt(2)).as("mesh of a face that has none").isTrue();
    assertThat(read.get(1).isNullAt(3)).as("points of a face that has none").isTrue();
    assertThat(read.get(2).<Float>getList(3))
        .hasSize(136)
        .element(135)
        .isEqualTo(full.landmarks68().get(2)[135]);
    assertThat(read.get(2).getFloat(4)).isEqualTo(5);
    assertThat(read.get(1).isNullAt(4)).as("pose of a face that has none").isTrue();
    assertThat(read.get(0).isNullAt(5)).as("parts of a face that has none").isTrue();
    assertThat(read.get(1).<String>getList(5)).containsExactly("1 2", "3");
    assertThat(Stream.of(2, 3, 4, 5).allMatch(read.get(3)::isNullAt)).isTrue();
    assertThat(FaceTable.of(rows, "it").counts().faces()).isEqualTo(5);
  }

  @ParameterizedTest
  @EnumSource(TableLayout.class)
  void carriedColumnsComeLast(TableLayout layout) {
    StructType carried =
        StructType.fromDDL("label STRING, weight DOUBLE, tags ARRAY<STRING>, s STRUCT<a: INT>");
    TableSchema schema = new TableSchema(layout, List.of(), Set.of(), carried);
    ImageRecord with =
        new ImageRecord(
            "a",
            null,
            "file:/a",
            null,
            1,
            null,
            null,
            null,
            null,
            List.of(),
            SampleRecords.faces(new Random(1), 2, 0),
            Arrays.asList(
                "cat", 0.5, List.of("x", "y"), org.apache.spark.sql.RowFactory.create(7)));
    Dataset<Row> rows = stored(schema, List.of(with, record("b", FaceArrays.NONE)));
    assertThat(rows.columns()).endsWith("label", "weight", "tags", "s");
    List<Row> read = rows.orderBy("image").select("label", "weight", "tags", "s.a").collectAsList();
    assertThat(read.get(0).mkString("|")).isEqualTo("cat|0.5|ArraySeq(x, y)|7");
    assertThat(read.get(read.size() - 1).mkString("|")).isEqualTo("null|null|null|null");
  }

  @Test
  void aCarriedColumnMayNotHaveTheNameOfOurs() {
    assertThatThrownBy(
            () ->
                new TableSchema(
                    TableLayout.FACES, List.of(), Set.of(), StructType.fromDDL("Score DOUBLE")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("the input's column 'Score' has the name of one of the table:");
  }

  @Test
  void facesOfOtherLandmarksAreRefused() {
    ImageRecord five = record("a", SampleRecords.faces(new Random(1), 2, 5));
    assertThatThrownBy(() -> schema(TableLayout.IMAGES, 0).writer().rows(five))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the faces of a have 5 landmarks, but the table has columns for 0");
  }

  @Test
  void tablesOfEarlierVersionsAreRead() {
    Dataset<Row> old =
        LocalSpark.session()
            .sql(
                """
                select 'a' as image, 'file:/a' as uri, 10 as width, 20 as height, 'ok' as status,
                  null as error, array('truncated') as warnings, array(
                    named_struct('score', 0.5f, 'box', named_struct('x1', 1f, 'y1', 2f, 'x2', 3f, 'y2', 4f),
                      'landmarks', transform(sequence(0, 4), i -> named_struct('x', float(i), 'y', float(-i)))),
                    named_struct('score', 0.25f, 'box', named_struct('x1', 5f, 'y1', 6f, 'x2', 7f, 'y2', 8f),
                      'landmarks', transform(sequence(5, 9), i -> named_struct('x', float(i), 'y', float(-i)))))
                    as faces
                union all
                select 'b', 'file:/b', null, null, 'failed',
                  named_struct('stage', 'read', 'code', 'empty', 'message', 'no bytes'), array(), array()
                """);
    FaceTable table = FaceTable.of(old, "it");
    List<ImageRecord> read = table.first(10);
    assertThat(read.get(0).faces().scores()).containsExactly(0.5f, 0.25f);
    assertThat(read.get(0).faces().boxes()).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
    assertThat(read.get(0).faces().landmarks())
        .containsExactly(0, 0, 1, -1, 2, -2, 3, -3, 4, -4, 5, -5, 6, -6, 7, -7, 8, -8, 9, -9);
    assertThat(read.get(0).warnings()).containsExactly("truncated");
    assertThat(read.get(1).error()).isEqualTo(new ImageError("read", "empty", "no bytes"));
    assertThat(table.counts()).isEqualTo(new TableCounts(2, 1, 2, Map.of("read/empty", 1L)));
  }

  @Test
  void anotherTableIsNamedForWhatItIs() {
    assertThatThrownBy(() -> FaceTable.of(LocalSpark.session().range(1).toDF("image"), "this"))
        .isInstanceOf(UnusableLocationException.class)
        .hasMessage(
            "this has the columns [image], so it isn't a detection table, which has image and"
                + " faces, or image, index and score; for text files use --format widerface");
  }

  private static TableSchema schema(TableLayout layout, int landmarks) {
    List<String> names =
        landmarks == 5
            ? TableSchema.FIVE_LANDMARKS
            : java.util.stream.IntStream.range(0, landmarks).mapToObj(i -> "p" + i).toList();
    return new TableSchema(layout, names, Set.of(), NOTHING_CARRIED);
  }

  private static ImageRecord record(String image, FaceArrays faces) {
    return new ImageRecord(
        image,
        null,
        "file:/" + image,
        null,
        1,
        null,
        null,
        null,
        null,
        List.of(),
        faces,
        List.of());
  }

  private Dataset<Row> stored(TableSchema schema, List<ImageRecord> records) {
    String table = folder.resolve("table" + tables++).toString();
    SampleRecords.rows(schema, records).write().parquet(table);
    return LocalSpark.session().read().parquet(table);
  }
}
