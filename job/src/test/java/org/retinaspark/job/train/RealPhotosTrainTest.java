package org.retinaspark.job.train;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.retinaspark.job.LocalSpark;
import org.retinaspark.job.SharedData;

/** Some photos of WIDER FACE's training set, and a published detector. */
class RealPhotosTrainTest {

  @TempDir private Path folder;

  @Test
  void headsThatBeginAtPublishedOnesFitTheirPhotosBetter() throws IOException {
    LocalSpark.session();
    String output = folder.resolve("fitted.onnx").toString();

    TrainWorld.Said said =
        TrainWorld.run(
            List.of(
                "train",
                "--input",
                SharedData.require("widerface/train_subset/images").toString(),
                "--pattern",
                "0--Parade/0_Parade_Parade_0_1*",
                "--labels",
                SharedData.require("widerface/train_subset/label.txt").toString(),
                "--model",
                SharedData.require("models/retinaface_mnet025_dynamic.onnx").toString(),
                "--output",
                output,
                "--scales",
                "0.5",
                "--rounds",
                "1",
                "--iterations",
                "10",
                "--progress",
                "none"));

    assertThat(said.status()).as(said.err()).isZero();
    assertThat(said.out()).contains("fitted class, box, landmarks");
    JsonNode losses =
        new ObjectMapper().readTree(Path.of(output + ".report/_run.json").toFile()).path("losses");
    assertThat(losses).isNotEmpty();
    for (JsonNode curve : losses) {
      JsonNode values = curve.path("values");
      assertThat(values.get(values.size() - 1).asDouble())
          .as(curve.path("term").asText())
          .isLessThan(values.get(0).asDouble());
    }
  }
}
