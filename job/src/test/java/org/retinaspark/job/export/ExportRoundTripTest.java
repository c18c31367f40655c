package org.retinaspark.job.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.retinaspark.job.evaluate.SmallTable.face;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.retinaspark.io.WritePolicy;
import org.retinaspark.io.detections.DetectionCounts;
import org.retinaspark.io.detections.DetectionText;
import org.retinaspark.io.wider.BoxNumbers;
import org.retinaspark.io.wider.DetectionLayout;
import org.retinaspark.job.LocalSpark;
import org.retinaspark.job.UsageException;
import org.retinaspark.job.evaluate.DetectionFormat;
import org.retinaspark.job.evaluate.EvaluateAction;
import org.retinaspark.job.evaluate.EvaluateConfig;
import org.retinaspark.job.evaluate.Evaluation;
import org.retinaspark.job.evaluate.SmallTable;
import org.retinaspark.job.measures.BadInput;
import org.retinaspark.job.measures.Dialect;
import org.retinaspark.job.measures.spark.OptionalMeasure;

class ExportRoundTripTest {

  private static final int IMAGES = 20;

  @SuppressWarnings("NullAway.Init")
  @TempDir
  Path folder;

  @BeforeEach
  void writeTableAndGroundTruth() throws IOException {
    Random random = new Random(7);
    SmallTable table = new SmallTable();
    StringBuilder truth = new StringBuilder();
    for (int i = 0; i < IMAGES; i++) {
      String image = "event " + i % 3 + "/image " + i + ".jpg";
      int x = random.nextInt(50);
      int y = random.nextInt(50);
      truth.append("%s\n1\n%d %d 20 30 0 0 0 0 0 0 \n".formatted(image, x, y));
      Row[] faces = new Row[random.nextInt(4)];
      for (int j = 0; j < faces.length; j++) {
        float left = x + random.nextFloat() * 10;
        float top = y + random.nextFloat() * 10;
        faces[j] = face(random.nextFloat(), left, top, left + 19.3f, top + 28.7f);
      }
      table.image(image, faces);
    }
    table.write(folder.resolve("table").toString());
    Files.writeString(folder.resolve("wider_face_val_bbx_gt.txt"), truth);
  }

  @Test
  void widerFaceFilesEvaluateToTheSameNumbers() throws IOException {
    DetectionCounts counts = export(ExportFormat.WIDERFACE, "files", BoxNumbers.FLOAT);
    assertThat(counts.images()).isEqualTo(IMAGES);
    Evaluation table = evaluate("table", DetectionFormat.TABLE);
    Evaluation files = evaluate("files", DetectionFormat.WIDERFACE);
    assertThat(table.metrics()).isNotEmpty().isEqualTo(files.metrics());
    assertThat(table.metrics().get(0).value()).isPositive();
  }

  @Test
  void cocoResultsNameTheirImages() throws IOException {
    DetectionCounts counts = export(ExportFormat.COCO, "coco.json", BoxNumbers.FLOAT);
    JsonNode results = new ObjectMapper().readTree(folder.resolve("coco.json").toFile());
    JsonNode images = new ObjectMapper().readTree(folder.resolve("coco.images.json").toFile());
    assertThat(results).hasSize((int) counts.detections());
    assertThat(images.path("images")).hasSize(IMAGES);
    assertThat(images.at("/images/0/id").asInt()).isEqualTo(1);
    assertThat(images.at("/images/0/file_name").asText()).isEqualTo("event 0/image 0.jpg");
    assertThat(images.at("/categories/0/name").asText()).isEqualTo("face");
    assertThat(images.path("annotations").isArray()).isTrue();
    assertThat(results.get(0).path("bbox")).hasSize(4);
    assertThat(Files.exists(folder.resolve("coco.json.parts"))).isFalse();
  }

  @Test
  void nothingIsOverwrittenUnasked() throws IOException {
    export(ExportFormat.WIDERFACE, "twice", BoxNumbers.INTEGER);
    assertThatThrownBy(() -> export(ExportFormat.WIDERFACE, "twice", BoxNumbers.INTEGER))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("exists already")
        .hasMessageContaining("--overwrite");
  }

  @Test
  void duplicatesAndBrokenNumbersAreErrors() {
    new SmallTable()
        .image("e/a.jpg", face(0.5f, 1, 2, 3, 4))
        .image("e/a.jpg")
        .write(folder.resolve("double").toString());
    new SmallTable()
        .image("e/a.jpg", face(Float.NaN, 1, 2, 3, 4))
        .write(folder.resolve("broken").toString());
    assertThatThrownBy(() -> export("double", ExportFormat.COCO, "x.json", BoxNumbers.FLOAT))
        .hasMessageContaining("e/a.jpg has 2 rows");
    assertThatThrownBy(() -> export("broken", ExportFormat.COCO, "x.json", BoxNumbers.FLOAT))
        .hasMessageContaining("1 detections have a score or box that is NaN");
  }

  @Test
  void integersMakeNoSenseInCoco() {
    assertThatThrownBy(() -> export(ExportFormat.COCO, "x.json", BoxNumbers.INTEGER))
        .hasMessageContaining("--integer");
  }

  private DetectionCounts export(ExportFormat format, String output, BoxNumbers numbers)
      throws IOException {
    return export("table", format, output, numbers);
  }

  private DetectionCounts export(
      String table, ExportFormat format, String output, BoxNumbers numbers) throws IOException {
    ExportConfig config =
        new ExportConfig(
            folder.resolve(table).toString(),
            format,
            folder.resolve(output).toString(),
            numbers,
            ExportConfig.IN_ORDER,
            WritePolicy.CREATE);
    return new ExportAction(LocalSpark.session(), config).execute().counts();
  }

  private Evaluation evaluate(String detections, DetectionFormat format) throws IOException {
    EvaluateConfig config =
        new EvaluateConfig(
            folder.resolve(detections).toString(),
            format,
            new DetectionText(
                DetectionLayout.AUTO, DetectionText.BoxForm.XYWH, DetectionText.LineRule.ANNOUNCED),
            folder.toString(),
            "val",
            null,
            Dialect.MATLAB_DOUBLE,
            BadInput.FAIL,
            Set.of(OptionalMeasure.COCO));
    return new EvaluateAction(LocalSpark.session(), config).execute();
  }
}
