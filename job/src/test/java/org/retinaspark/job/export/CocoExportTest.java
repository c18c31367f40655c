package org.retinaspark.job.export;

import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.retinaspark.job.evaluate.SmallTable.face;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.retinaspark.io.WritePolicy;
import org.retinaspark.io.detections.DetectionException;
import org.retinaspark.io.wider.BoxNumbers;
import org.retinaspark.job.ExitStatus;
import org.retinaspark.job.LocalSpark;
import org.retinaspark.job.UsageException;
import org.retinaspark.job.evaluate.SmallTable;
import picocli.CommandLine;

/** What COCO's tools are given; {@code coco_export_golden.py} loads the golden files with them. */
class CocoExportTest {

  @SuppressWarnings("NullAway.Init")
  @TempDir
  Path folder;

  @BeforeEach
  void writeTable() {
    new SmallTable()
        .image("e/photo \"2\".jpg", face(0.75f, 10, 20, 30.5f, 60))
        .image("e/photo 12.jpg", face(0.5f, 1, 2, 3, 4), face(0.25f, 5, 6, 9, 11))
        .image("e/photo 3.jpg")
        .write(path("plain"));
    LocalSpark.session()
        .read()
        .parquet(path("plain"))
        .withColumn("width", lit(640))
        .withColumn("height", lit(480))
        .write()
        .parquet(path("table"));
  }

  @Test
  void filesAreThoseThatTheToolsLoaded() throws IOException {
    export("coco.json", "order");
    assertThat(folder.resolve("coco.json")).hasContent(golden("golden.json"));
    assertThat(folder.resolve("coco.images.json")).hasContent(golden("golden.images.json"));
  }

  @Test
  void idsMayBeTheNumbersInNames() throws IOException {
    export("coco.json", "number");
    JsonNode images = json("coco.images.json").path("images");
    assertThat(images.findValues("id")).extracting(JsonNode::asInt).containsExactly(2, 12, 3);
    assertThat(json("coco.json").findValues("image_id"))
        .extracting(JsonNode::asInt)
        .containsExactlyInAnyOrder(2, 12, 12);
  }

  @Test
  void namesWithoutNumbersOrWithTheSameAreErrors() {
    new SmallTable().image("e/a.jpg").image("e/1.jpg").write(path("nameless"));
    assertThatThrownBy(() -> export("nameless", "x.json", "number"))
        .isInstanceOf(DetectionException.class)
        .hasMessageContaining("1 images, such as [e/a.jpg], have no number in their names");
    new SmallTable().image("e/1.jpg").image("f/01.jpg").write(path("same"));
    assertThatThrownBy(() -> export("same", "x.json", "number"))
        .isInstanceOf(DetectionException.class)
        .hasMessageContaining("two images have the same number, 1: [");
    assertThat(folder.resolve("x.json")).doesNotExist();
  }

  @Test
  void idsMayBeThoseOfACocoFile() throws IOException {
    Files.writeString(
        folder.resolve("instances.json"),
        "{\"info\":{\"a\":[1]},\"images\":[{\"license\":1,\"file_name\":\"/e/photo"
            + " 12.jpg\",\"id\":77},{\"id\":5,\"file_name\":\"val/photo"
            + " 3.jpg\",\"x\":{}},{\"id\":6,\"file_name\":\"other.jpg\"}],"
            + "\"annotations\":[{\"id\":1}],"
            + "\"categories\":[{\"id\":1,\"name\":\"person\"},{\"id\":9,\"name\":\"face\"}]}");
    ExportResult result = export("coco.json", path("instances.json"));
    assertThat(result.omitted()).isEqualTo(1);
    assertThat(json("coco.json").findValues("image_id"))
        .extracting(JsonNode::asInt)
        .containsExactly(77, 77);
    assertThat(json("coco.json").findValues("category_id"))
        .extracting(JsonNode::asInt)
        .containsOnly(9);
    assertThat(folder.resolve("coco.images.json")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[]|it is no JSON object",
        "{\"images\":[{\"id\":1,|it is no JSON, or is cut",
        "{\"images\":[]}|it has no images with id and file_name",
        "{\"images\":[{\"id\":\"a\",\"file_name\":\"b\"}]}|has no whole id or no file_name",
        "{\"images\":[{\"id\":1,\"file_name\":\"photo 3.jpg\"}],\"categories\":[]}|none is 'face'",
      })
  void fileThatGivesNoIdsIsAnError(String content, String why) throws IOException {
    Files.writeString(folder.resolve("wrong.json"), content);
    assertThatThrownBy(() -> export("coco.json", path("wrong.json")))
        .isInstanceOf(DetectionException.class)
        .hasMessageContaining(why)
        .hasMessageContaining("--image-ids order");
    assertThat(folder.resolve("coco.json")).doesNotExist();
  }

  @Test
  void imagesFileIsNotOverwrittenUnasked() throws IOException {
    Files.writeString(folder.resolve("coco.images.json"), "precious");
    assertThatThrownBy(() -> export("coco.json", "order"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("coco.images.json exists already");
    assertThat(folder.resolve("coco.images.json")).hasContent("precious");
  }

  @Test
  void commandSaysWhatWasLeftOut() throws IOException {
    Files.writeString(
        folder.resolve("instances.json"),
        "{\"images\":[{\"id\":5,\"file_name\":\"photo"
            + " 3.jpg\"}],\"categories\":[{\"id\":1,\"name\":\"x\"}]}");
    StringWriter errors = new StringWriter();
    int status =
        new CommandLine(new ExportCommand())
            .setErr(new PrintWriter(errors, true))
            .execute(
                "--detections",
                path("table"),
                "--format",
                "coco",
                "--output",
                path("coco.json"),
                "--image-ids",
                path("instances.json"));
    assertThat(status).isEqualTo(ExitStatus.DONE);
    assertThat(errors.toString()).contains("2 of them are not among the images of");
  }

  private ExportResult export(String output, String ids) throws IOException {
    return export("table", output, ids);
  }

  private ExportResult export(String table, String output, String ids) throws IOException {
    ExportConfig config =
        new ExportConfig(
            path(table),
            ExportFormat.COCO,
            path(output),
            BoxNumbers.FLOAT,
            ids,
            WritePolicy.CREATE);
    return new ExportAction(LocalSpark.session(), config).execute();
  }

  private JsonNode json(String name) throws IOException {
    return new ObjectMapper().readTree(folder.resolve(name).toFile());
  }

  private static String golden(String name) throws IOException {
    try (var in = Objects.requireNonNull(CocoExportTest.class.getResourceAsStream(name))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }
}
