package org.retinaspark.job.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.retinaspark.job.LocalSpark;
import org.retinaspark.job.Photos;
import org.retinaspark.job.UsageException;
import org.retinaspark.job.detect.DetectResult;
import org.retinaspark.job.detect.MortalFileSystem;
import org.retinaspark.udf.dense.MeshNetworks;

/** An update that is killed goes on where it was; the old table never notices. */
class UpdateDeathsTest {

  /** Moments of death, spread over all changes that an update makes on the disk. */
  private static final int DEATHS = 3;

  @TempDir private Path folder;

  @AfterEach
  void revive() {
    MortalFileSystem.live(Long.MAX_VALUE);
  }

  @Test
  void diesAnywhereAndGoesOn() throws IOException {
    MortalFileSystem.register(LocalSpark.session().sparkContext().hadoopConfiguration());
    MortalFileSystem.live(Long.MAX_VALUE);
    Path photos = folder.resolve("photos");
    for (int photo = 0; photo < 8; photo++) {
      Photos.write(photos.resolve(photo + ".png"), photo % 3);
    }
    Path mesh = Files.write(folder.resolve("mesh.onnx"), MeshNetworks.faceMesh("batch"));
    Path model = Photos.model(folder.resolve("tiny.onnx"));
    Tables tables =
        new Tables(
            folder,
            "mortal://",
            List.of(
                "--input",
                photos.toString(),
                "--model",
                model.toString(),
                "--checkpoint-images",
                "3"));
    tables.detect("then");
    tables.detect("other");
    Photos.write(photos.resolve("0.png"), 2);
    Photos.write(photos.resolve("new.png"), 1);
    Map<String, String> files = tables.files("then");
    String[] update = {
      "--update", tables.location("then"), "--mesh-model", mesh.toString(), "--mesh-min-face", "16"
    };
    long alive = MortalFileSystem.left();
    tables.detect("whole", update);
    long changes = alive - MortalFileSystem.left();
    List<String> expected = tables.rows("whole");
    String[] resume = Arrays.copyOf(update, update.length + 1);
    resume[update.length] = "--resume";

    for (int death = 1; death <= DEATHS; death++) {
      String output = "dies" + death;
      MortalFileSystem.live(changes * death / (DEATHS + 1));
      assertThatThrownBy(() -> tables.detect(output, update)).as(output).isNotNull();
      MortalFileSystem.live(Long.MAX_VALUE);
      tables.expireLock(output);
      if (death == 2) {
        String[] another = resume.clone();
        another[1] = tables.location("other");
        assertThatThrownBy(() -> tables.detect(output, another))
            .isInstanceOf(UsageException.class)
            .hasMessageContaining("--update (SHA-256 of its _run.json) was ");
        tables.expireLock(output);
      }

      DetectResult result = tables.detect(output, resume);

      assertThat(tables.rows(output)).as(output).isEqualTo(expected);
      assertThat(result.work().update()).isEqualTo(new UpdateCounts(2, 5, 1, 1, 0, 0));
      assertThat(tables.manifest(output).path("updatedFrom"))
          .isEqualTo(tables.manifest("whole").path("updatedFrom"));
    }
    assertThat(tables.files("then")).isEqualTo(files);
  }
}
