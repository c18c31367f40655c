package org.retinaspark.io.labels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.retinaspark.io.GroundTruthException;

final class HeldOutTest {

  /** SHA-256 of "abc", of FIPS 180-2. */
  private static final String ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  private static final String VALIDATION = "0--Parade/0_Parade_marchingband_1_465.jpg";

  @TempDir private Path folder;

  @Test
  void knowsThePhotosOfWiderFace() {
    HeldOut held = HeldOut.widerFace();

    assertThat(held.photos()).hasSize(404).allMatch(digest -> digest.matches("[0-9a-f]{64}"));
    assertThat(held.names()).hasSize(3226);
    assertThat(held.isNamed("any/where/" + VALIDATION)).isTrue();
    assertThat(held.isNamed("0--Parade/0_Parade_Parade_0_1019.jpg")).isFalse();
    assertThat(held.holds(VALIDATION.getBytes(StandardCharsets.UTF_8))).isFalse();
  }

  @Test
  void readsDigestsAndPhotos() throws IOException {
    Path list = LabelFiles.write(folder.resolve("list"), "# mine\n\\" + ABC + "  a\\nb\n\n");
    Path photos = Files.createDirectories(folder.resolve("photos/deep 1:2"));
    LabelFiles.write(photos.resolve("ä.jpg"), "abc");

    assertThat(read(list).photos()).containsExactly(ABC);
    HeldOut held = read(folder.resolve("photos"));
    assertThat(held.photos()).containsExactly(ABC);
    assertThat(held.holds("abc".getBytes(StandardCharsets.UTF_8))).isTrue();
    assertThat(held.holds("abd".getBytes(StandardCharsets.UTF_8))).isFalse();
    assertThat(held.and(HeldOut.widerFace()).photos()).hasSize(405);
    assertThat(held.sha256Hex()).isNotEqualTo(new HeldOut(Set.of(), Set.of()).sha256Hex());
  }

  @Test
  void readsThePhotosOfATable() throws IOException {
    Path photo = LabelFiles.write(folder.resolve("a b.jpg"), "abc");
    Path table = folder.resolve("table");
    LabelFiles.SPARK
        .sql("SELECT '" + photo.toUri().getPath() + "' AS uri, CAST(NULL AS STRING) AS container")
        .write()
        .parquet(table.toString());

    assertThat(read(table).photos()).containsExactly(ABC);
  }

  @Test
  void refusesWhatHoldsNothingOut() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty"));
    Path list = LabelFiles.write(folder.resolve("list"), ABC + "\nphoto.jpg\n");
    Path archives = Files.createDirectory(folder.resolve("archives"));
    LabelFiles.write(archives.resolve("photos.TAR"), "abc");

    assertThatThrownBy(() -> read(empty))
        .isInstanceOf(GroundTruthException.class)
        .hasMessageContaining("there are no photos and no digests at --held-out");
    assertThatThrownBy(() -> read(list))
        .isInstanceOf(GroundTruthException.class)
        .hasMessageContaining("has in line 2 \"photo.jpg\", which is no line of sha256sum");
    assertThatThrownBy(() -> read(archives))
        .isInstanceOf(GroundTruthException.class)
        .hasMessageContaining("has photos in archives");
  }

  @Test
  void countsNamesAndRefusesTheLabelsOfAnEvaluation() {
    List<byte[]> images = new ArrayList<>();
    images.add(new LabelledImage(VALIDATION, List.of()).toBytes());
    HeldOut held = HeldOut.widerFace();
    assertThat(held.named(new LabelBoxes(images))).isEqualTo(1);

    for (int folder = 0; folder < 9; folder++) {
      images.add(new LabelledImage(folder + "/" + VALIDATION, List.of()).toBytes());
    }
    assertThatThrownBy(() -> held.named(new LabelBoxes(images)))
        .isInstanceOf(GroundTruthException.class)
        .hasMessageContaining("10 of the 10 labelled images have the names of validation photos");
  }

  private static HeldOut read(Path location) throws IOException {
    return HeldOut.read(LabelFiles.SPARK, location.toString());
  }
}
