package org.retinaspark.io.images;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.retinaspark.io.images.PassedOver.Reason;

/** Images are told by the ends of their names. */
final class NameFilterTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.jpg",
        "a.JPG",
        "a.b.Jpeg",
        ".jpg",
        "a b.png",
        "a.TIFF",
        "a.webp",
        "_a.jpg",
        "_MG_0001.JPG",
        "._/a.jpg",
        ".hidden.jpg",
        "_raw/a.jpg",
        ".git/a.jpg",
        "_metadata.jpg",
        "_plan-b.jpg",
        "_plan-b/a.jpg",
        "__magic.jpg",
        "_temporary.jpg",
        "_started_race.jpg"
      })
  void imagesAreTaken(String name) {
    assertThat(NameFilter.IMAGES.passesOver(name)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"jpg", "a.txt", "a.jpg.part", "a.", "", "a.jpgx", "ajpg"})
  void othersArePassedOver(String name) {
    assertThat(NameFilter.IMAGES.passesOver(name)).contains(Reason.ENDING);
  }

  @ParameterizedTest
  @ValueSource(strings = {"jpg", "a.txt", "a.", "noending"})
  void anyTakesAll(String name) {
    assertThat(NameFilter.ANY.passesOver(name)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "_SUCCESS",
        "a/_temporary/0/b.jpg",
        "_chunks/a.jpg",
        "_run.json",
        "_lock/000001",
        "_plan-123e4567-e89b-12d3-a456-426614174000/a",
        "__magic_job-1/a",
        ".a.jpg.crc",
        "_delta_log/0.json",
        ".spark-staging-1/a.jpg"
      })
  void whatTablesKeepIsNoImageWhateverTheEnding(String path) {
    assertThat(NameFilter.ANY.passesOver(path)).contains(Reason.TABLE);
    assertThat(NameFilter.IMAGES.passesOver(path)).contains(Reason.TABLE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"._a.jpg", "a/._b.jpg", "__MACOSX/a.jpg", ".DS_Store", "b/Thumbs.db"})
  void whatSystemsLeaveIsNoImage(String path) {
    assertThat(NameFilter.ANY.passesOver(path)).contains(Reason.SYSTEM);
  }

  @Test
  void textIsForPeople() {
    assertThat(NameFilter.ANY).hasToString("any");
    assertThat(new NameFilter(Set.of("png", "bmp", "jpg"))).hasToString("bmp, jpg, png");
  }
}
