package org.retinaspark.job.train;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.retinaspark.job.LocalSpark;
import org.retinaspark.job.model.ModelFile;
import org.retinaspark.udf.graph.OnnxFile;
import org.retinaspark.udf.model.RecognitionOptions;

/** From photos and labels to the file. */
class TrainCommandTest {

  @TempDir private Path folder;
  private TrainWorld world;

  @BeforeEach
  void prepare() {
    LocalSpark.session();
    world = new TrainWorld(folder);
  }

  @Test
  void writesADetectorAReportAndNothingElse() throws IOException {
    TrainWorld.Said said =
        world.train("m.onnx", "--heads", "class,box,landmarks", "--start", "zero", "--rounds", "2");

    assertThat(said.err()).isEmpty();
    assertThat(said.status()).isZero();
    assertThat(said.out())
        .contains("6 photos, 6 labelled, 0 of them failed; 0 labelled images have no photo")
        .contains("12 labelled faces: 0 ignored, 12 with landmarks, 0 with a mesh")
        .contains("round 0: ", "round 1: 0 positives, ", "fitted class, box, landmarks");
    byte[] onnx = Files.readAllBytes(world.file("m.onnx"));
    ModelFile file =
        ModelFile.read(
            world.file("m.onnx").toString(), RecognitionOptions.BY_FILE, new Configuration());
    assertThat(file.description().family().name()).isEqualTo("pytorch");
    assertThat(world.file("m.onnx.samples")).doesNotExist();
    JsonNode run = json(world.file("m.onnx.report/_run.json"));
    assertThat(run.at("/output/sha256").asText()).isEqualTo(OnnxFile.sha256(onnx));
    assertThat(run.at("/model/sha256").asText()).hasSize(64);
    assertThat(run.at("/labels/counts/faces").asLong()).isEqualTo(12);
    assertThat(run.at("/rounds")).hasSize(2);
    assertThat(run.at("/rounds/0/census/checksum").asText()).hasSize(16);
    assertThat(run.at("/settings/--scales").asText()).isEqualTo("[1.0, 2.0]");
    assertThat(run.at("/options/--ridge").asText()).isEqualTo("1.0E-4");
    for (JsonNode curve : run.at("/losses")) {
      JsonNode values = curve.path("values");
      assertThat(values.get(values.size() - 1).asDouble())
          .as(curve.toString())
          .isLessThanOrEqualTo(values.get(0).asDouble());
    }
    for (String term : List.of("box", "landmarks")) {
      assertThat(run.at("/loss/after/" + term).asDouble())
          .as(term)
          .isLessThan(run.at("/loss/before/" + term).asDouble());
    }
    assertThat(Files.readString(world.file("m.onnx.report/report.html")))
        .contains("<svg", "loss of class", "The paper's loss", "stride 8, anchors of 32 pixels")
        .doesNotContain("http-equiv", "<script", "src=");
  }

  @Test
  void givesTheSameBytesWhateverThePartitions() throws IOException {
    assertThat(world.train("one.onnx", "--rounds", "2").status()).isZero();
    assertThat(world.train("two.onnx", "--rounds", "2", "--partition-size", "1").status()).isZero();

    assertThat(Files.readAllBytes(world.file("one.onnx")))
        .isEqualTo(Files.readAllBytes(world.file("two.onnx")));
  }

  @Test
  void fitsAgainWithoutPhotos() throws IOException {
    String samples = world.file("samples").toString();
    String[] same = {"--samples", samples, "--heads", "box"};
    assertThat(world.train("one.onnx", same).status()).isZero();
    Files.move(world.photos().resolve("event/0.png"), world.file("away.png"));
    Files.writeString(world.photos().resolve("event/0.png"), "no photo any more");

    TrainWorld.Said again =
        world.train("two.onnx", "--samples", samples, "--heads", "box", "--iterations", "1");

    assertThat(again.err()).isEmpty();
    assertThat(again.out()).contains("0 of them failed", "as they were at " + "file:" + samples);
    assertThat(Files.readAllBytes(world.file("one.onnx")))
        .isNotEqualTo(Files.readAllBytes(world.file("two.onnx")));
    assertThat(world.file("samples/round-0/_run.json")).exists();
  }

  @Test
  void refusesSamplesOfOtherSettings() {
    String samples = world.file("samples").toString();
    assertThat(world.train("one.onnx", "--samples", samples, "--heads", "box").status()).isZero();

    TrainWorld.Said other =
        world.train("two.onnx", "--samples", samples, "--heads", "box", "--flip");

    assertThat(other.status()).isEqualTo(2);
    assertThat(other.err())
        .contains("holds samples of other settings (--flip was false, is true): nothing was done")
        .contains("choose another --samples, or delete the folder");
    assertThat(world.file("two.onnx")).doesNotExist();
    assertThat(world.file("two.onnx.report")).doesNotExist();
  }

  @Test
  void refusesHeldOutPhotosByTheirBytes() throws IOException {
    byte[] photo = Files.readAllBytes(world.photos().resolve("event/4.png"));
    TrainWorld.write(world.file("held.txt"), OnnxFile.sha256(photo) + "  other/name.png\n");

    TrainWorld.Said said = world.train("m.onnx", "--held-out", world.file("held.txt").toString());

    assertThat(said.status()).isEqualTo(3);
    assertThat(said.err())
        .contains("photos are held out for an evaluation, by their SHA-256")
        .contains("'event/4.png'", "nothing was fitted");
    assertThat(world.file("m.onnx")).doesNotExist();
    assertThat(world.file("m.onnx.report")).doesNotExist();
  }

  @Test
  void countsPhotosThatFailAndRefusesTooMany() throws IOException {
    Files.writeString(world.photos().resolve("event/5.png"), "this is no image");

    TrainWorld.Said few = world.train("few.onnx", "--heads", "box");
    TrainWorld.Said many = world.train("many.onnx", "--heads", "box", "--max-failure-rate", "0.1");

    assertThat(few.status()).as(few.err()).isZero();
    assertThat(few.out()).contains("6 photos, 6 labelled, 1 of them failed", "failed decode/");
    assertThat(many.status()).isEqualTo(3);
    assertThat(many.err()).contains("1 of 6 labelled photos failed", "more than the 10.00%");
    assertThat(world.file("many.onnx")).doesNotExist();
  }

  @Test
  void refusesWhatCantBeMetBeforeAnyPhotoIsLookedAt() throws IOException {
    Files.writeString(world.file("there.onnx"), "mine");
    Map<List<String>, String> refused =
        Map.of(
            List.of("there.onnx"), "exists already: nothing was done",
            List.of("m.onnx", "--heads", "mesh"), "--heads has mesh, but the labels",
            List.of("m.onnx", "--heads", "nose"), "--heads has 'nose', but must be some of",
            List.of("m.onnx", "--scales", "0"), "--scales has 0.0, but each must be above 0",
            List.of("m.onnx", "--rounds", "0"), "--rounds is 0, but must be from 1 to 20",
            List.of("m.onnx", "--labels", "none.txt"), "--labels 'none.txt' is not there",
            List.of("patches.onnx", "--overwrite"), "is the input");
    refused.forEach(
        (arguments, message) -> {
          TrainWorld.Said said =
              world.train(
                  arguments.get(0), arguments.subList(1, arguments.size()).toArray(String[]::new));
          assertThat(said.status()).as(said.err()).isEqualTo(2);
          assertThat(said.err()).contains(message);
        });
    assertThat(Files.readString(world.file("there.onnx"))).isEqualTo("mine");
    assertThat(folder.toFile().list())
        .containsExactlyInAnyOrder("photos", "label.txt", "patches.onnx", "there.onnx");
  }

  private static JsonNode json(Path file) throws IOException {
    return new ObjectMapper().readTree(file.toFile());
  }
}
