package org.retinaspark.io.wider;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageKeyTest {

  @SuppressWarnings("NullAway.Init")
  @TempDir
  Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "e/a.jpg",
        "/e/a.jpg",
        "./e/a.jpg",
        "//e/a.jpg",
        "\\e\\a.jpg",
        " e/a.jpg \r",
        "\uFEFFe/a.jpg",
        "e/a"
      })
  void spellingsOfOneKey(String written) {
    assertThat(ImageKey.of(written)).isEqualTo("e/a.jpg");
  }

  @Test
  void otherEndingsStay() {
    assertThat(ImageKey.of("e/a.PNG")).isEqualTo("e/a.PNG");
    assertThat(ImageKey.of("")).isEmpty();
  }

  @Test
  void foldersAboveTheEventAreLeftOut() {
    assertThat(ImageKey.belowEvent("WIDER_val/images/e/a.jpg")).isEqualTo("e/a.jpg");
    assertThat(ImageKey.belowEvent("e/a.jpg")).isEqualTo("e/a.jpg");
    assertThat(ImageKey.belowEvent("a.jpg")).isEqualTo("a.jpg");
  }

  @Test
  void listsAreReadAsPeopleWriteThem() throws IOException {
    Path list = folder.resolve("list.txt");
    Files.writeString(list, "\uFEFF/e/a.jpg\r\n\r\n # no image\r\ne\\b.jpg \r\ne/c\r\n/e/a.jpg");
    assertThat(ImageList.read(list.toString(), new Configuration()))
        .containsExactly("e/a.jpg", "e/b.jpg", "e/c.jpg");
  }
}
