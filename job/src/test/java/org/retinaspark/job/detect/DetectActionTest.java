package org.retinaspark.job.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.retinaspark.job.LocalSpark;
import org.retinaspark.job.Photos;
import org.retinaspark.udf.image.jpeg.JpegEngine;

class DetectActionTest {

  @TempDir private Path folder;
  private Path photos;
  private Path model;

  @BeforeEach
  void prepare() {
    photos = folder.resolve("photos");
    model = Photos.model(folder.resolve("tiny.onnx"));
  }

  @Test
  void writesOneRowAnImageInTheColumnsOfTheDesign() throws IOException {
    Photos.write(photos.resolve("a b%20ü/two.png"), 2);
    Photos.write(photos.resolve("none.png"), 0);

    DetectResult result = detect(DetectConfigs.of(photos, folder.resolve("faces"), model));

    assertThat(result.images()).isEqualTo(2);
    assertThat(result.failed()).isZero();
    Map<String, Row> rows = rows(result);
    assertThat(rows.keySet()).containsExactly("a b%20ü/two.png", "none.png");
    Row row = row(rows, "a b%20ü/two.png");
    assertThat(row.schema().fieldNames())
        .containsExactly(
            "image",
            "container",
            "uri",
            "split",
            "length",
            "etag",
            "modified",
            "width",
            "height",
            "orientation",
            "status",
            "error",
            "warnings",
            "face_count",
            "best_score",
            "faces");
    assertThat(row.<Integer>getAs("face_count")).isEqualTo(row.getList(15).size());
    assertThat(row.<Object>getAs("container")).isNull();
    assertThat(row.<Integer>getAs("width")).isEqualTo(176);
    assertThat(row.<Integer>getAs("height")).isEqualTo(72);
    assertThat(row.<Integer>getAs("orientation")).isEqualTo(1);
    assertThat(row.<Long>getAs("length")).isEqualTo(Files.size(photos.resolve("a b%20ü/two.png")));
    assertThat(row.<String>getAs("uri")).endsWith("/photos/a b%20ü/two.png");
    assertThat(row.<Object>getAs("modified")).isNotNull();
    assertThat(row.<String>getAs("status")).isEqualTo("ok");
    assertThat(row.<Object>getAs("error")).isNull();
    List<Row> faces = strong(row);
    assertThat(faces).hasSize(2);
    assertThat(faces)
        .extracting(face -> face.<Row>getAs("box").getFloat(0))
        .allSatisfy(
            left ->
                assertThat(List.of(0, 1))
                    .anySatisfy(
                        square -> assertThat(left).isCloseTo(Photos.left(square), within(0.01f))));
    assertThat(faces.get(0).schema().fieldNames())
        .containsExactly("index", "score", "box", "landmarks");
    assertThat(faces.get(0).<Row>getAs("landmarks").schema().fieldNames())
        .containsExactly("left_eye", "right_eye", "nose", "left_mouth", "right_mouth");
    assertThat(strong(row(rows, "none.png"))).isEmpty();
  }

  @Test
  void makesARowOfEveryImageThatFails() throws IOException {
    Photos.write(photos.resolve("good.png"), 1);
    Files.write(photos.resolve("empty.jpg"), new byte[0]);
    Files.writeString(photos.resolve("text.jpg"), "this is no image");
    byte[] png = Files.readAllBytes(Photos.write(folder.resolve("whole.png"), 1));
    Files.write(photos.resolve("cut.png"), java.util.Arrays.copyOf(png, 40));

    DetectResult result = detect(DetectConfigs.of(photos, folder.resolve("faces"), model));

    assertThat(result.images()).isEqualTo(4);
    assertThat(result.failed()).isEqualTo(3);
    assertThat(result.failures()).containsEntry("read/empty", 1L);
    Map<String, Row> rows = rows(result);
    assertThat(error(rows, "empty.jpg")).startsWith("[read,empty,");
    assertThat(error(rows, "text.jpg")).startsWith("[decode,unknown_format,");
    assertThat(error(rows, "cut.png")).startsWith("[decode,corrupt,");
    assertThat(strong(row(rows, "good.png"))).hasSize(1);
    Row cut = row(rows, "cut.png");
    assertThat(cut.getList(cut.fieldIndex("faces"))).isEmpty();
  }

  @Test
  void saysInTheManifestWhatMadeTheTable() throws IOException {
    Photos.write(photos.resolve("one.png"), 1);

    DetectResult result = detect(DetectConfigs.of(photos, folder.resolve("faces"), model));

    JsonNode manifest = new ObjectMapper().readTree(folder.resolve("faces/_run.json").toFile());
    assertThat(manifest.at("/model/name").asText()).isEqualTo("tiny.onnx");
    assertThat(manifest.at("/model/sha256").asText()).hasSize(64);
    assertThat(manifest.at("/model/origin")).isEqualTo(manifest.at("/model/sha256"));
    assertThat(manifest.at("/model/published").isNull()).isTrue();
    assertThat(manifest.at("/options/protocol").asText()).isEqualTo("original");
    assertThat(manifest.at("/options/score-threshold").floatValue()).isEqualTo(0.02f);
    assertThat(manifest.at("/options/orientation").asText()).isEqualTo("apply");
    assertThat(manifest.at("/provider").asText()).isEqualTo("cpu");
    assertThat(manifest.at("/providers")).hasToString("[\"cpu\"]");
    assertThat(manifest.at("/executors/driver/provider").asText()).isEqualTo("cpu");
    assertThat(manifest.at("/executors/driver/precision").asText()).isEqualTo("float32");
    assertThat(manifest.at("/executors/driver/jpegDecoder").asText())
        .isEqualTo(JpegEngine.fastest().label());
    assertThat(manifest.at("/versions/onnxRuntime").asText()).startsWith("1.");
    assertThat(manifest.at("/application").asText())
        .isEqualTo(LocalSpark.session().sparkContext().applicationId());
    assertThat(manifest.at("/cluster/master").asText()).isEqualTo("local[2,4]");
    assertThat(manifest.at("/cluster/deployMode").asText()).isEqualTo("client");
    assertThat(manifest.at("/cluster/attempt").asInt()).isEqualTo(1);
    assertThat(manifest.at("/cluster/executors").asInt()).isEqualTo(1);
    assertThat(manifest.at("/cluster/cores").asInt()).isEqualTo(2);
    assertThat(manifest.at("/command").asText())
        .startsWith("detect --input " + photos)
        .contains("--output " + folder.resolve("faces"));
    assertThat(Instant.parse(manifest.at("/ended").asText()))
        .isAfter(Instant.parse(manifest.at("/started").asText()));
    assertThat(manifest.at("/sittings")).hasSize(1);
    assertThat(manifest.at("/counts/images").asLong()).isEqualTo(1);
    assertThat(manifest.at("/counts/faces").asLong()).isEqualTo(result.faces());
  }

  @Test
  void givesTheSameFacesWhateverTheTasksAndBatches() throws IOException {
    for (int photo = 0; photo < 12; photo++) {
      Photos.write(photos.resolve("photo" + photo + ".png"), photo % 3 + 1);
    }
    Map<String, Row> single =
        rows(
            detect(
                DetectConfigs.of(
                    photos, folder.resolve("single"), model, "--partition-size", "1")));
    Map<String, Row> batched =
        rows(
            detect(
                DetectConfigs.of(
                    photos, folder.resolve("batched"), model, "--batching", "shared")));

    assertThat(batched.keySet()).isEqualTo(single.keySet());
    single.forEach(
        (image, row) -> {
          List<Row> expected = row.getList(row.fieldIndex("faces"));
          List<Row> actual = row(batched, image).getList(row.fieldIndex("faces"));
          assertThat(actual).as(image).isEqualTo(expected);
        });
  }

  private static DetectResult detect(DetectConfig config) throws IOException {
    return new DetectAction(LocalSpark.session(), config, new PrintWriter(Writer.nullWriter()))
        .execute();
  }

  private static Map<String, Row> rows(DetectResult result) {
    Map<String, Row> rows = new TreeMap<>();
    for (Row row : LocalSpark.session().read().parquet(result.output()).collectAsList()) {
      assertThat(rows.put(row.getAs("image"), row)).isNull();
    }
    return rows;
  }

  private static Row row(Map<String, Row> rows, String image) {
    return Objects.requireNonNull(rows.get(image), image);
  }

  private static String error(Map<String, Row> rows, String image) {
    Row row = row(rows, image);
    assertThat(row.<String>getAs("status")).isEqualTo("failed");
    return row.<Row>getAs("error").toString();
  }

  private static List<Row> strong(Row row) {
    return row.<Row>getList(row.fieldIndex("faces")).stream()
        .filter(face -> face.<Float>getAs("score") > 0.9f)
        .toList();
  }
}
