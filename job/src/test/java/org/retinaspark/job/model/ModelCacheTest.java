package org.retinaspark.job.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.retinaspark.io.LocalDisk;
import org.retinaspark.job.SharedData;
import org.retinaspark.job.UsageException;
import org.retinaspark.udf.catalogue.KnownModel;
import org.retinaspark.udf.model.TinyModels;
import org.retinaspark.udf.tflite.TinyTflite;

class ModelCacheTest {

  @TempDir private Path cache;

  @Test
  void locationsAreNotNames() {
    for (String location : new String[] {"s3a://bucket/m.onnx", "./retinaface-mnet025", "m.onnx"}) {
      assertThat(ModelCache.location(location, cache)).isEqualTo(location);
    }
  }

  @Test
  void modelThatIsNotThereIsAskedFor() {
    assertThatThrownBy(() -> ModelCache.location(KnownModel.DEFAULT, cache))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("model 'retinaface-mnet025' is not in the cache (" + cache)
        .hasMessageContaining("deploy/fetch-assets retinaface-mnet025")
        .hasMessageContaining("--model FILE");
  }

  @Test
  void fileThatIsNotThePublishedOneIsRefused() throws IOException {
    Files.write(cache.resolve("retinaface-mnet025.onnx"), TinyModels.pytorchFamily());
    assertThatThrownBy(() -> ModelCache.location(KnownModel.DEFAULT, cache))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("is not the published model 'retinaface-mnet025': its SHA-256 is ")
        .hasMessageContaining("Delete it");
  }

  @Test
  void damagedFileIsRefusedWithTheSameRemedy() throws IOException {
    Files.writeString(cache.resolve("retinaface-mnet025.onnx"), "no model at all");
    assertThatThrownBy(() -> ModelCache.location(KnownModel.DEFAULT, cache))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("is not the published model 'retinaface-mnet025': its SHA-256 is ");
  }

  @Test
  void meshThatIsNotThereIsAskedForByItsOwnOption() {
    assertThatThrownBy(() -> ModelCache.location(KnownModel.MESH, cache))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining(cache.resolve("mediapipe-face-mesh.tflite").toString())
        .hasMessageContaining("deploy/fetch-assets mediapipe-face-mesh")
        .hasMessageContaining("--mesh-model FILE");
  }

  @Test
  void meshThatIsNotThePublishedOneIsRefused() throws IOException {
    Files.write(cache.resolve("mediapipe-face-mesh.tflite"), TinyTflite.mesh());
    assertThatThrownBy(() -> ModelCache.location(KnownModel.MESH, cache))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("is not the published model 'mediapipe-face-mesh': its SHA-256 is ");
    assertThat(cache.resolve("mediapipe-face-mesh.onnx")).doesNotExist();
  }

  @Test
  void publishedFileIsTakenAsItIs() throws IOException {
    Path file = cache.resolve("retinaface-mnet025.onnx");
    Files.copy(SharedData.require("models/retinaface_mnet025_yakhyo_mit.onnx"), file);
    assertThat(ModelCache.location(KnownModel.DEFAULT, cache)).isEqualTo(LocalDisk.location(file));
  }
}
