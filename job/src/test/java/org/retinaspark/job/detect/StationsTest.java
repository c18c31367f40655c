package org.retinaspark.job.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.retinaspark.io.facetable.TableLayout;
import org.retinaspark.job.LocalSpark;
import org.retinaspark.job.Photos;
import org.retinaspark.job.model.ModelFile;
import org.retinaspark.udf.detect.Protocol;
import org.retinaspark.udf.detect.Thresholds;
import org.retinaspark.udf.image.DecodeSettings;
import org.retinaspark.udf.model.RecognitionOptions;
import org.retinaspark.udf.pipeline.ColourStation;
import org.retinaspark.udf.pipeline.DetectSettings;
import org.retinaspark.udf.pipeline.ImageInput;
import org.retinaspark.udf.pipeline.ImageUnit;
import org.retinaspark.udf.pipeline.PipelineSettings;
import org.retinaspark.udf.runtime.Batching;
import org.retinaspark.udf.runtime.Provider;
import org.retinaspark.udf.runtime.SessionRequest;
import org.retinaspark.udf.spark.CrashNotes;
import org.retinaspark.udf.spark.DetectFaces;

/** A second network, in a station that the product doesn't know, on its way through Spark. */
class StationsTest {

  @TempDir private Path folder;

  @Test
  void whatAStationTellsOfFacesStandsInTheRows() throws IOException {
    SparkSession spark = LocalSpark.session();
    List<String> files = new ArrayList<>();
    for (int photo = 0; photo < 20; photo++) {
      files.add(Photos.write(folder.resolve(photo + ".png"), photo % 3 + 1).toString());
    }
    ModelFile model =
        ModelFile.read(
            Photos.model(folder.resolve("tiny.onnx")).toString(),
            RecognitionOptions.BY_FILE,
            spark.sparkContext().hadoopConfiguration());
    DetectSettings settings = settings(model);
    FaceDetection detection = new FaceDetection(spark, model, settings);
    JavaRDD<ImageUnit> units =
        JavaSparkContext.fromSparkContext(spark.sparkContext())
            .parallelize(files, 3)
            .map(StationsTest::unit);

    List<Row> rows =
        detection
            .rows(
                units,
                DetectFaces.schema(
                    settings, settings.fills(), TableLayout.IMAGES, new StructType()),
                CrashNotes.NONE)
            .collectAsList();

    assertThat(rows).hasSize(20);
    for (int photo = 0; photo < 20; photo++) {
      Row row = rows.get(photo);
      assertThat(row.<String>getAs("status")).isEqualTo("ok");
      List<Row> faces = row.getList(row.fieldIndex("faces"));
      for (Row face : faces.subList(0, photo % 3 + 1)) {
        assertThat(face.schema().fieldNames()).contains("pose").doesNotContain("mesh");
        Row pose = face.getAs("pose");
        // The squares are white.
        for (int colour = 0; colour < 3; colour++) {
          assertThat(pose.getFloat(colour)).isCloseTo(255, within(0.01f));
        }
      }
    }
  }

  private static ImageUnit unit(String file) {
    try {
      byte[] content = Files.readAllBytes(Path.of(file));
      return ImageUnit.of(
          new ImageInput(
              file, null, "file:" + file, content.length, null, null, List.of(), () -> content));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static DetectSettings settings(ModelFile model) {
    return new DetectSettings(
        model.description(),
        new SessionRequest(
            model.description().name(),
            model.description().sha256(),
            Provider.CPU,
            0,
            SessionRequest.Precision.FLOAT32,
            1),
        Protocol.ORIGINAL,
        Thresholds.WIDER_FACE,
        DecodeSettings.DEFAULT,
        Batching.DEFAULT,
        PipelineSettings.DEFAULT,
        1 << 20,
        null,
        List.of(ColourStation.create()),
        null);
  }
}
