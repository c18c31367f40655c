package org.retinaspark.io.crops;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Whatever an image is called, its crops have names that lead nowhere else, and its own. */
class CropNamesTest {

  @Property
  void namesAreSafe(@ForAll("keys") String key, @ForAll @IntRange(min = 0, max = 99) int index) {
    String path = CropNames.path(key, index, "jpg");
    assertThat(path).matches("[A-Za-z0-9%._/~-]+").endsWith("~" + index + ".jpg");
    for (String part : path.split("/", -1)) {
      assertThat(part).isNotEmpty().doesNotStartWith(".").doesNotStartWith("_");
      assertThat(part.length()).isLessThan(250);
    }
    assertThat(path.substring(0, Math.max(0, path.lastIndexOf('/')))).doesNotContain("~");
  }

  @Property
  void keysNeverShareAName(@ForAll("keys") String one, @ForAll("keys") String other) {
    String first = CropNames.path(one, 0, "png");
    String second = CropNames.path(other, 0, "png");
    assertThat(first.equals(second)).isEqualTo(one.equals(other));
    // Nor does one need a folder where the other is a file.
    assertThat(second).doesNotStartWith(first + "/");
  }

  @Provide
  Arbitrary<String> keys() {
    return Arbitraries.strings().withChars("ab./~%_- A\\:é雪\n\0").ofMaxLength(12);
  }

  @Test
  void plainKeysStayAsTheyAre() {
    assertThat(CropNames.path("2020/IMG_1.jpg", 3, "jpg")).isEqualTo("2020/IMG_1.jpg~3.jpg");
  }

  @Test
  void whatLeadsElsewhereIsAName() {
    assertThat(CropNames.path("../../etc/passwd", 0, "jpg"))
        .isEqualTo("%2E./%2E./etc/passwd~0.jpg");
    assertThat(CropNames.path("/a", 0, "jpg")).isEqualTo("%/a~0.jpg");
    assertThat(CropNames.path("a//b", 0, "jpg")).isEqualTo("a/%/b~0.jpg");
    assertThat(CropNames.path("_crops.json", 0, "jpg")).isEqualTo("%5Fcrops.json~0.jpg");
  }

  @Test
  void longNamesAreCutAndStayDifferent() {
    String name = "n".repeat(400);
    List<String> paths =
        List.of(
            CropNames.path(name, 0, "jpg"),
            CropNames.path(name + "x", 0, "jpg"),
            CropNames.path("f/".repeat(2000) + "x", 0, "jpg"),
            CropNames.path("f/".repeat(2001) + "x", 0, "jpg"));
    assertThat(paths).doesNotHaveDuplicates().allMatch(path -> path.length() < 250);
  }
}
