package org.retinaspark.job.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.retinaspark.job.LocalSpark;
import org.retinaspark.job.SharedData;
import org.retinaspark.udf.detect.Box;

/**
 * A photo that a face fills: a crop of one of WIDER FACE's, as large as people's own photos are,
 * through the whole job with real weights.
 */
final class BigFaceTest {

  private static final String PHOTO =
      "widerface/val_subset/images/9--Press_Conference/9_Press_Conference_Press_Conference_9_933.jpg";

  private static final int SIDE = 1600;
  private static final int CROP = 741;
  private static final int LEFT = 146;
  private static final int TOP = 191;

  /** The annotation of the photo: 425 x 593 pixels at (304, 265), 80% of the crop's height. */
  private static final Box TRUTH = inTheCrop(304, 265, 304 + 425, 265 + 593);

  @TempDir private static Path folder;

  private static Path model;

  @BeforeAll
  static void crop() throws IOException {
    model = SharedData.require("models/retinaface_mnet025_dynamic.onnx");
    BufferedImage photo = ImageIO.read(SharedData.require(PHOTO).toFile());
    BufferedImage large = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D graphics = large.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    graphics.drawImage(photo.getSubimage(LEFT, TOP, CROP, CROP), 0, 0, SIDE, SIDE, null);
    graphics.dispose();
    ImageIO.write(large, "png", folder.resolve("face.png").toFile());
  }

  @Test
  void originalSeesPartsOfTheFaceInItsPlace() throws IOException {
    List<Row> faces = sure("original");

    assertThat(faces).isNotEmpty().noneMatch(face -> overlap(face) >= 0.5);
  }

  @Test
  void robustSeesTheFaceAndNothingElse() throws IOException {
    List<Row> faces = sure("robust");

    assertThat(faces).hasSize(1);
    assertThat(overlap(faces.get(0))).isGreaterThan(0.7);
    assertThat(faces.get(0).<Float>getAs("score")).isGreaterThan(0.99f);
  }

  private static List<Row> sure(String protocol) throws IOException {
    DetectResult result =
        new DetectAction(
                LocalSpark.session(),
                DetectConfigs.of(
                    folder.resolve("face.png"),
                    folder.resolve(protocol),
                    model,
                    "--protocol",
                    protocol,
                    "--score-threshold",
                    "0.5"),
                new PrintWriter(Writer.nullWriter()))
            .execute();
    Row row = LocalSpark.session().read().parquet(result.output()).first();
    return row.getList(row.fieldIndex("faces"));
  }

  private static Box inTheCrop(int x1, int y1, int x2, int y2) {
    float scale = (float) SIDE / CROP;
    return new Box(
        (x1 - LEFT) * scale, (y1 - TOP) * scale, (x2 - LEFT) * scale, (y2 - TOP) * scale);
  }

  /** The IoU of a face with the annotated one. */
  private static double overlap(Row face) {
    Row box = face.getAs("box");
    double width = Math.min(box.getFloat(2), TRUTH.x2()) - Math.max(box.getFloat(0), TRUTH.x1());
    double height = Math.min(box.getFloat(3), TRUTH.y2()) - Math.max(box.getFloat(1), TRUTH.y1());
    double common = Math.max(0, width) * Math.max(0, height);
    double area = (box.getFloat(2) - box.getFloat(0)) * (box.getFloat(3) - box.getFloat(1));
    return common / (area + TRUTH.width() * TRUTH.height() - common);
  }
}
