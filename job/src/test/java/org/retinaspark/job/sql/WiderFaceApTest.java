package org.retinaspark.job.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.retinaspark.io.detections.DetectionFolder;
import org.retinaspark.io.detections.DetectionRecord;
import org.retinaspark.io.detections.DetectionText;
import org.retinaspark.io.wider.DetectionLayout;
import org.retinaspark.job.LocalSpark;
import org.retinaspark.job.measures.ReferenceData;
import org.retinaspark.udf.RetinaSpark;
import scala.Tuple2;

/** {@code wider_face_ap} on other people's detections, whose numbers are published. */
class WiderFaceApTest {

  private static final StructType COLUMNS =
      StructType.fromDDL(
          "image string, faces array<struct<score float,"
              + " box struct<x1 float, y1 float, x2 float, y2 float>>>");

  @Test
  void givesTheOfficialNumbersOfEachGroup(@TempDir Path folder) throws IOException {
    ReferenceData.unpack("mnet025-biubug6-original-size", folder);
    SparkSession spark = LocalSpark.session().newSession();
    RetinaSpark.register(spark);
    DetectionText text =
        new DetectionText(
            DetectionLayout.AUTO, DetectionText.BoxForm.XYWH, DetectionText.LineRule.ANNOUNCED);
    new DetectionFolder(spark, folder.toString())
        .records(text)
        .map(new ToRow(), Encoders.row(COLUMNS))
        .persist()
        .createOrReplaceTempView("faces");
    String truth = ReferenceData.groundTruth().toString();

    List<Row> groups =
        spark
            .sql(
                ("SELECT run, wider_face_ap(image, faces, '%s', map('dialect', 'matlab')) AS ap FROM"
                        + " (SELECT 'all' AS run, * FROM faces UNION ALL SELECT 'parade', * FROM"
                        + " faces WHERE image LIKE '0--%%') GROUP BY run ORDER BY run")
                    .formatted(truth))
            .collectAsList();

    Row all = groups.get(0).getStruct(1);
    assertThat(all.<Double>getAs("easy")).isCloseTo(0.907134, within(1e-4));
    assertThat(all.<Double>getAs("medium")).isCloseTo(0.881609, within(1e-4));
    assertThat(all.<Double>getAs("hard")).isCloseTo(0.738245, within(1e-4));
    // All images of the ground truth count, looked at or not.
    assertThat(groups.get(1).getStruct(1).<Double>getAs("hard")).isBetween(0.01, 0.1);

    assertThatThrownBy(
            () ->
                spark
                    .sql(
                        ("WITH parades AS (SELECT * FROM faces WHERE image LIKE '0--%%') SELECT"
                                + " wider_face_ap(image, faces, '%s') FROM (SELECT * FROM parades"
                                + " UNION ALL SELECT * FROM parades)")
                            .formatted(truth))
                    .collectAsList())
        .rootCause()
        .hasMessageContaining("have several rows");
    assertThatThrownBy(
            () ->
                spark.sql(
                    "SELECT wider_face_ap(image, faces, '%s', map('skip', 'coco')) FROM faces"
                        .formatted(truth)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("There are bad-input, dialect, images, split");
    spark.table("faces").unpersist();
  }

  private static final class ToRow implements MapFunction<Tuple2<String, byte[]>, Row> {

    private static final long serialVersionUID = 1L;

    @Override
    public Row call(Tuple2<String, byte[]> image) {
      DetectionRecord found = DetectionRecord.fromBytes(image._2());
      List<Row> faces = new ArrayList<>();
      for (int face = 0; face < found.count(); face++) {
        float x = (float) found.boxes()[4 * face];
        float y = (float) found.boxes()[4 * face + 1];
        float right = (float) (x + found.boxes()[4 * face + 2]);
        float bottom = (float) (y + found.boxes()[4 * face + 3]);
        faces.add(
            RowFactory.create(
                (float) found.scores()[face], RowFactory.create(x, y, right, bottom)));
      }
      return RowFactory.create(image._1(), faces.toArray());
    }
  }
}
