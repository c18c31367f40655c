package org.retinaspark.job.update;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.retinaspark.job.LocalSpark;
import org.retinaspark.job.SharedData;

/** Meshes of MediaPipe added to a table of real photos are those of a fresh run, bit by bit. */
class UpdateParityTest {

  private static final int PHOTOS = 6;

  @TempDir private Path folder;

  @Test
  void meshesOfRealFacesAreAdded() throws IOException {
    Path shared = SharedData.require("widerface/val_subset/images");
    Path model = SharedData.require("models/retinaface_mnet025_dynamic.onnx");
    Path mesh = SharedData.require("models/mediapipe_face_landmark_468.onnx");
    Path photos = Files.createDirectories(folder.resolve("photos"));
    try (Stream<Path> found = Files.walk(shared)) {
      for (Path photo : found.filter(Files::isRegularFile).sorted().limit(PHOTOS).toList()) {
        Files.copy(photo, photos.resolve(photo.getFileName()));
      }
    }
    CountedFileSystem.register(LocalSpark.session().sparkContext().hadoopConfiguration());
    Tables tables =
        new Tables(
            folder, "", List.of("--input", "counted://" + photos, "--model", model.toString()));
    tables.detect("boxes");
    Path touched;
    try (Stream<Path> found = Files.list(photos)) {
      touched = found.sorted().findFirst().orElseThrow();
    }
    Files.setLastModifiedTime(touched, FileTime.from(Instant.EPOCH.plusSeconds(1)));
    String[] details = {
      "--mesh-model", mesh.toString(), "--details", "mesh,landmarks68,pose,parts"
    };
    CountedFileSystem.opened();

    tables.detect("refreshed", "--update", tables.location("boxes"));
    assertThat(CountedFileSystem.opened()).containsExactly(touched.getFileName().toString());
    tables.detect(
        "meshes",
        Stream.concat(Stream.of("--update", tables.location("refreshed")), Stream.of(details))
            .toArray(String[]::new));
    tables.detect("fresh", details);

    assertThat(tables.rows("meshes")).isEqualTo(tables.rows("fresh"));
    assertThat(tables.read("meshes").selectExpr("inline(faces)").where("mesh IS NOT NULL").count())
        .isPositive();
  }
}
