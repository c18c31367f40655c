package org.retinaspark.udf.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.retinaspark.udf.image.decode.ImageDecoder;
import org.retinaspark.udf.image.jpeg.Engines;
import org.retinaspark.udf.image.jpeg.JpegEngine;

/** Both engines side by side; skipped where libturbojpeg is not installed. */
class JpegEnginesTest {

  private static final int PHOTOS = 40;

  @BeforeAll
  static void assumeTurboJpeg() {
    Engines.assumeAvailable(JpegEngine.TURBOJPEG);
  }

  static Stream<ReferenceImage> jpegs() {
    return ReferenceImage.jpegs();
  }

  @ParameterizedTest
  @MethodSource("jpegs")
  void giveTheSamePixels(ReferenceImage golden) throws DecodeException {
    assertSame(golden.content(), golden.name());
  }

  @Test
  void giveTheSamePixelsAndWarningForATruncatedBaselineFile() throws DecodeException {
    byte[] content = ReferenceImage.resource("baseline_420.jpg");
    byte[] cut = Arrays.copyOf(content, content.length * 9 / 10);
    assertSame(cut, "baseline_420.jpg, cut");
    assertThat(decode(cut, JpegEngine.IMAGEIO).warnings()).containsExactly(DecodedImage.TRUNCATED);
  }

  @Test
  void giveTheSamePixelsForPhotos() throws IOException, DecodeException {
    Path data = Path.of(System.getProperty("retinaspark.shared", "absent"), "widerface");
    Assumptions.assumeTrue(Files.isDirectory(data), "no reference data in " + data);
    List<Path> photos;
    try (Stream<Path> files = Files.walk(data.resolve("val_subset/images"))) {
      photos = files.filter(file -> file.toString().endsWith(".jpg")).sorted().toList();
    }
    int step = Math.max(1, photos.size() / PHOTOS);
    for (int i = 0; i < photos.size(); i += step) {
      assertSame(Files.readAllBytes(photos.get(i)), photos.get(i).toString());
    }
  }

  private static void assertSame(byte[] content, String name) throws DecodeException {
    DecodedImage expected = decode(content, JpegEngine.TURBOJPEG);
    DecodedImage actual = decode(content, JpegEngine.IMAGEIO);
    assertThat(actual.warnings()).as(name).isEqualTo(expected.warnings());
    assertThat(actual.pixels().width()).as(name).isEqualTo(expected.pixels().width());
    assertThat(actual.pixels().bgr()).as(name).isEqualTo(expected.pixels().bgr());
  }

  private static DecodedImage decode(byte[] content, JpegEngine engine) throws DecodeException {
    try (ImageDecoder decoder = ImageDecoder.open(DecodeSettings.DEFAULT, engine)) {
      return decoder.decode(content);
    }
  }
}
