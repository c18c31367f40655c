package org.retinaspark.job.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.retinaspark.io.facetable.FaceArrays;
import org.retinaspark.io.facetable.FaceTable;
import org.retinaspark.io.facetable.TableLayout;
import org.retinaspark.job.LocalSpark;
import org.retinaspark.job.Photos;
import org.retinaspark.job.SharedData;
import org.retinaspark.job.model.ModelFile;
import org.retinaspark.udf.detect.Flip;
import org.retinaspark.udf.detect.InputRule;
import org.retinaspark.udf.detect.NonMaximumSuppression;
import org.retinaspark.udf.detect.Protocol;
import org.retinaspark.udf.detect.Scale;
import org.retinaspark.udf.detect.Thresholds;
import org.retinaspark.udf.image.DecodeSettings;
import org.retinaspark.udf.model.RecognitionOptions;
import org.retinaspark.udf.pipeline.DetectSettings;
import org.retinaspark.udf.pipeline.ImageInput;
import org.retinaspark.udf.pipeline.ImageUnit;
import org.retinaspark.udf.pipeline.PipelineSettings;
import org.retinaspark.udf.runtime.Batching;
import org.retinaspark.udf.runtime.Provider;
import org.retinaspark.udf.runtime.SessionRequest;
import org.retinaspark.udf.spark.CrashNotes;
import org.retinaspark.udf.spark.DetectFaces;

/** A protocol of two rules, the image and its mirror image, from files to rows. */
final class MirroredProtocolTest {

  private static final InputRule AS_IT_IS = new InputRule(new Scale.Original(), Flip.NONE);
  private static final InputRule MIRROR = new InputRule(new Scale.Original(), Flip.HORIZONTAL);
  private static final Protocol BOTH =
      new Protocol("both", List.of(AS_IT_IS, MIRROR), new NonMaximumSuppression());
  private static final Protocol MIRROR_ALONE =
      new Protocol("mirror", List.of(MIRROR), new NonMaximumSuppression());

  private static final Thresholds SURE = new Thresholds(0.9f, 0.4f, 5000, 750, 0);

  @TempDir private Path folder;

  @Test
  void facesThatBothInputsShowAreMerged() {
    Path photo = Photos.write(folder.resolve("two.png"), 2);

    FaceArrays once = detect(Protocol.ORIGINAL, photo);

    assertThat(once.count()).isEqualTo(2);
    assertThat(detect(BOTH, photo)).usingRecursiveComparison().isEqualTo(once);
  }

  @Test
  void whatTheMirrorShowsIsWhereItIsInTheImage() throws IOException {
    // No cell's centre is at 64, so that the box is 4 pixels off; but in the mirror 36 is one.
    Path photo = square(100, 64);

    FaceArrays asItIs = detect(Protocol.ORIGINAL, photo);
    FaceArrays mirror = detect(MIRROR_ALONE, photo);

    assertThat(Math.abs(asItIs.boxes()[0] - 48)).isEqualTo(4);
    assertThat(mirror.boxes()).containsExactly(48, 20, 80, 52);
    float[] eyes = {mirror.landmarks()[0], mirror.landmarks()[2]};
    assertThat(eyes).usingComparatorWithPrecision(1e-3f).containsExactly(57.6f, 70.4f);
    assertThat(detect(BOTH, photo)).usingRecursiveComparison().isEqualTo(asItIs);
  }

  @Test
  void mirrorOfRealFacesShowsTheSameFaces() {
    Path model = SharedData.require("models/retinaface_mnet025_dynamic.onnx");
    Path photo =
        SharedData.require(
            "widerface/val_subset/images/12--Group/12_Group_Group_12_Group_Group_12_165.jpg");

    FaceArrays asItIs = detect(Protocol.ORIGINAL, photo, model);
    FaceArrays mirror = detect(MIRROR_ALONE, photo, model);

    assertThat(mirror.count()).isEqualTo(asItIs.count()).isGreaterThan(9);
    for (int face = 0; face < asItIs.count(); face++) {
      int same = nearest(mirror.boxes(), asItIs.boxes()[4 * face], asItIs.boxes()[4 * face + 1]);
      float side = asItIs.boxes()[4 * face + 2] - asItIs.boxes()[4 * face];
      for (int value = 0; value < 4; value++) {
        assertThat(mirror.boxes()[4 * same + value])
            .isCloseTo(asItIs.boxes()[4 * face + value], within(0.15f * side));
      }
      // The eyes of a face are about 0.4 of its width apart: swapped ones would be far off.
      for (int value = 0; value < 10; value++) {
        assertThat(mirror.landmarks()[10 * same + value])
            .isCloseTo(asItIs.landmarks()[10 * face + value], within(0.15f * side));
      }
    }
  }

  /** The face whose upper left corner is nearest. */
  private static int nearest(float[] boxes, float x, float y) {
    int nearest = 0;
    for (int face = 1; face < boxes.length / 4; face++) {
      if (Math.hypot(boxes[4 * face] - x, boxes[4 * face + 1] - y)
          < Math.hypot(boxes[4 * nearest] - x, boxes[4 * nearest + 1] - y)) {
        nearest = face;
      }
    }
    return nearest;
  }

  private Path square(int width, int centre) throws IOException {
    BufferedImage image = new BufferedImage(width, 72, BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(centre - Photos.SQUARE / 2, Photos.top(), Photos.SQUARE, Photos.SQUARE);
    graphics.dispose();
    Path file = folder.resolve("square.png");
    ImageIO.write(image, "png", file.toFile());
    return file;
  }

  private FaceArrays detect(Protocol protocol, Path photo) {
    return detect(protocol, photo, Photos.model(folder.resolve("tiny.onnx")));
  }

  private static FaceArrays detect(Protocol protocol, Path photo, Path network) {
    SparkSession spark = LocalSpark.session();
    ModelFile model =
        ModelFile.read(
            network.toString(),
            RecognitionOptions.BY_FILE,
            spark.sparkContext().hadoopConfiguration());
    DetectSettings settings =
        new DetectSettings(
            model.description(),
            new SessionRequest(
                model.description().name(),
                model.description().sha256(),
                Provider.CPU,
                0,
                SessionRequest.Precision.FLOAT32,
                1),
            protocol,
            SURE,
            DecodeSettings.DEFAULT,
            Batching.DEFAULT,
            PipelineSettings.DEFAULT,
            1 << 20,
            null,
            List.of(),
            null);
    JavaRDD<ImageUnit> images =
        JavaSparkContext.fromSparkContext(spark.sparkContext())
            .parallelize(List.of(photo.toString()), 1)
            .map(MirroredProtocolTest::image);
    return FaceTable.of(
            new FaceDetection(spark, model, settings)
                .rows(
                    images,
                    DetectFaces.schema(
                        settings, settings.fills(), TableLayout.IMAGES, new StructType()),
                    CrashNotes.NONE),
            "the test's rows")
        .faces()
        .first()
        .faces();
  }

  private static ImageUnit image(String file) {
    return ImageUnit.of(
        new ImageInput(
            file, null, file, -1, null, null, List.of(), () -> Files.readAllBytes(Path.of(file))));
  }
}
