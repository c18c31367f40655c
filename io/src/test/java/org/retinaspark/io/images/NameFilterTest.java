package org.retinaspark.io.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.retinaspark.io.folders.PassedOver.Reason;

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

  @ParameterizedTest
  @CsvSource({
    "*.dat, a/b.dat, true",
    "*.dat, a/b.dat.x, false",
    "IMG_*, a/IMG_1, true",
    "IMG_*, IMG_1/a, false",
    "cam1/*, cam1/x/y.jpg, true",
    "cam1/*, cam2/x.jpg, false",
    "cam1/*, x/cam1/y.jpg, false",
    "**/x.jpg, x.jpg, true",
    "**/x.jpg, a/b/x.jpg, true",
    "**/x.jpg, a/xx.jpg, false",
    "a/**/x.jpg, a/x.jpg, true",
    "'{a,b}/?[0-9].jpg', b/x1.jpg, true",
    "'{a,b}/?[0-9].jpg', c/x1.jpg, false",
    "'a\\*', 'a*', true",
    "'a\\*', ab, false",
    "*.jpg, 'a\nb.jpg', true"
  })
  void patternIsForPathsOrNames(String pattern, String path, boolean matches) throws Exception {
    NameFilter filter = copy(new NameFilter(Set.of(), new PathPattern(pattern)));
    String unescaped = path.replace("\\n", "\n");
    assertThat(filter.passesOver(unescaped))
        .isEqualTo(matches ? Optional.empty() : Optional.of(Reason.PATTERN));
  }

  @Test
  void endingAndPatternBothCount() {
    NameFilter filter = new NameFilter(Set.of("jpg"), new PathPattern("a/*"));
    assertThat(filter.passesOver("a/b.jpg")).isEmpty();
    assertThat(filter.passesOver("a/b.txt")).contains(Reason.ENDING);
    assertThat(filter.passesOver("b/b.jpg")).contains(Reason.PATTERN);
    assertThat(filter).hasToString("names that end in one of jpg and match 'a/*'");
    assertThat(filter).isEqualTo(new NameFilter(Set.of("jpg"), new PathPattern("a/*")));
  }

  @Test
  void patternThatIsNoneIsRefused() {
    assertThatThrownBy(() -> new PathPattern("a{b"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Unclosed group");
  }

  /** As an executor gets it. */
  private static NameFilter copy(NameFilter filter) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(filter);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (NameFilter) in.readObject();
    }
  }

  @Test
  void textIsForPeople() {
    assertThat(NameFilter.ANY).hasToString("all names");
    assertThat(new NameFilter(Set.of("png", "bmp", "jpg")))
        .hasToString("names that end in one of bmp, jpg, png");
  }
}
