package org.retinaspark.io.images;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Images are told by the ends of their names. */
final class NameFilterTest {

  @ParameterizedTest
  @ValueSource(strings = {"a.jpg", "a.JPG", "a.b.Jpeg", ".jpg", "a b.png", "a.TIFF", "a.webp"})
  void imagesAreTaken(String name) {
    assertThat(NameFilter.IMAGES.accepts(name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"jpg", "a.txt", "a.jpg.part", "a.", "", "a.jpgx", "ajpg"})
  void othersArePassedOver(String name) {
    assertThat(NameFilter.IMAGES.accepts(name)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"jpg", "a.txt", "a.", "noending"})
  void anyTakesAll(String name) {
    assertThat(NameFilter.ANY.accepts(name)).isTrue();
  }

  @Test
  void textIsForPeople() {
    assertThat(NameFilter.ANY).hasToString("any");
    assertThat(new NameFilter(Set.of("png", "bmp", "jpg"))).hasToString("bmp, jpg, png");
  }
}
