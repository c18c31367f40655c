package org.retinaspark.udf.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.retinaspark.udf.image.decode.ImageDecoder;
import org.retinaspark.udf.image.heif.Heif;
import org.retinaspark.udf.image.jpeg.Engines;
import org.retinaspark.udf.image.jpeg.JpegEngine;
import org.retinaspark.udf.image.webp.WebpDecoder;

class ImageDecoderTest {

  private static final DecodeSettings AS_STORED =
      new DecodeSettings(Orientation.IGNORE, DecodeSettings.DEFAULT_MAX_PIXELS);

  private static DecodedImage decode(byte[] content, DecodeSettings settings, JpegEngine engine)
      throws DecodeException {
    Engines.assumeAvailable(engine);
    try (ImageDecoder decoder = ImageDecoder.open(settings, engine)) {
      return decoder.decode(content);
    }
  }

  private static DecodedImage decode(byte[] content) throws DecodeException {
    return decode(content, DecodeSettings.DEFAULT, JpegEngine.fastest());
  }

  private static DecodeException failure(byte[] content) {
    return catchThrowableOfType(DecodeException.class, () -> decode(content));
  }

  @Test
  void refusesAnEmptyFile() {
    DecodeException failure = failure(new byte[0]);
    assertThat(failure.code()).isEqualTo("empty");
    assertThat(failure).hasMessage("the file has no bytes: there is nothing to decode");
  }

  @Test
  void refusesAFileOfAnotherKindWithoutShowingItsContent() {
    DecodeException failure = failure("secret of yours".getBytes(StandardCharsets.UTF_8));
    assertThat(failure.code()).isEqualTo("unknown_format");
    assertThat(failure)
        .hasMessage(
            "the file is none of JPEG, PNG, GIF, BMP, TIFF, WebP, AVIF, HEIC, and nothing else that"
                + " is known: it is not decoded");
  }

  @ParameterizedTest
  @CsvSource({
    "0000000C4A584C200D0A870A, JPEG XL, unsupported",
    "FF0AFA1F, JPEG XL, unsupported",
    "0000000C6A5020200D0A870A, JPEG 2000, unsupported",
    "FF4FFF5100290000, JPEG 2000, unsupported",
    "49492B0008000000, BigTIFF, unsupported",
    "3842505300010000, Photoshop, unsupported",
    "0000001866747970637278200000000163727820, CR3, unsupported",
    "0000001866747970697336D00000000169736F6D, video, unknown_format",
    "3C21444F43545950, HTML, unknown_format",
    "00000000000000000000, zeros, unknown_format"
  })
  void namesWhatAFileIsInstead(String start, String name, String code) {
    DecodeException failure = failure(HexFormat.of().parseHex(start));
    assertThat(failure.code()).isEqualTo(code);
    assertThat(failure).hasMessageContaining(name).hasMessageContaining("it is not decoded");
  }

  @ParameterizedTest
  @CsvSource({
    "rgb.png, PNG",
    "palette.gif, GIF",
    "rgb.bmp, BMP",
    "rgb_lzw.tif, TIFF",
    "lossless.webp, WEBP",
    "photo.heic, HEIC",
    "photo.avif, AVIF",
    "baseline_420.jpg, JPEG"
  })
  void tellsTheFormatByContent(String name, ImageFormat format) throws DecodeException {
    assertThat(ImageFormat.of(ReferenceImage.resource(name))).isEqualTo(format);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rgb.png",
        "palette.gif",
        "rgb.bmp",
        "rgb_lzw.tif",
        "lossless.webp",
        "lossy.webp",
        "animated.webp",
        "baseline_420.jpg",
        "cmyk.jpg"
      })
  void refusesAnImageOverTheLimit(String name) {
    DecodeSettings small = new DecodeSettings(Orientation.APPLY, 37 * 29 - 1);
    DecodeException failure =
        catchThrowableOfType(
            DecodeException.class,
            () -> decode(ReferenceImage.resource(name), small, JpegEngine.fastest()));
    assertThat(failure.code()).isEqualTo("too_large");
    assertThat(failure)
        .hasMessage(
            "the image is 37x29, which is more than the limit of 1072 pixels: it is not decoded;"
                + " raise --max-pixels to decode it");
  }

  @Test
  void acceptsAnImageAtTheLimit() throws DecodeException {
    DecodeSettings exact = new DecodeSettings(Orientation.APPLY, 37 * 29);
    assertThat(decode(ReferenceImage.resource("rgb.png"), exact, JpegEngine.IMAGEIO).warnings())
        .isEmpty();
  }

  @ParameterizedTest
  @EnumSource(JpegEngine.class)
  void refusesAHeaderThatLiesBeforeItTakesMemory(JpegEngine engine) {
    Engines.assumeAvailable(engine);
    byte[] jpeg = ReferenceImage.resource("baseline_420.jpg");
    int frame = startOfFrame(jpeg);
    ByteBuffer.wrap(jpeg).putShort(frame + 5, (short) 65_500).putShort(frame + 7, (short) 65_500);
    assertThatThrownBy(() -> decode(jpeg, DecodeSettings.DEFAULT, engine))
        .hasMessageContaining("65500x65500");
    DecodeSettings unlimited = new DecodeSettings(Orientation.APPLY, Long.MAX_VALUE);
    assertThatThrownBy(() -> decode(jpeg, unlimited, engine)).hasMessageContaining("fit an array");
  }

  private static int startOfFrame(byte[] jpeg) {
    for (int i = 0; ; i++) {
      if (jpeg[i] == (byte) 0xFF && jpeg[i + 1] == (byte) 0xC0) {
        return i;
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1, 20000, png",
    "20000, 1, png",
    "1, 20000, jpg",
    "20000, 1, jpg",
    "1, 20000, bmp",
    "20000, 1, gif"
  })
  void decodesThinImages(int width, int height, String kind) throws Exception {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    ImageIO.write(image, kind, stream);
    DecodedImage decoded = decode(stream.toByteArray());
    assertThat(decoded.pixels().width()).isEqualTo(width);
    assertThat(decoded.pixels().height()).isEqualTo(height);
  }

  @ParameterizedTest
  @EnumSource(JpegEngine.class)
  void warnsOfATruncatedJpeg(JpegEngine engine) throws DecodeException {
    byte[] content = ReferenceImage.resource("baseline_444.jpg");
    for (int length : new int[] {content.length * 6 / 10, content.length - 1}) {
      DecodedImage image = decode(Arrays.copyOf(content, length), DecodeSettings.DEFAULT, engine);
      assertThat(image.warnings()).containsExactly("truncated");
      assertThat(image.pixels().bgr()[0])
          .isEqualTo(ReferenceImage.resource("baseline_444.jpg.bgr")[0]);
    }
  }

  @ParameterizedTest
  @EnumSource(JpegEngine.class)
  void doesNotMindBytesAfterTheEnd(JpegEngine engine) throws DecodeException {
    byte[] content = ReferenceImage.resource("baseline_444.jpg");
    byte[] longer = Arrays.copyOf(content, content.length + 1000);
    Arrays.fill(longer, content.length, longer.length, (byte) 0x55);
    assertThat(decode(longer, DecodeSettings.DEFAULT, engine).warnings()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(JpegEngine.class)
  void warnsOfAJpegThatEndsTooSoon(JpegEngine engine) throws DecodeException {
    byte[] content = ReferenceImage.resource("baseline_444.jpg");
    byte[] shorter = Arrays.copyOf(content, content.length * 6 / 10);
    shorter[shorter.length - 2] = (byte) 0xFF;
    shorter[shorter.length - 1] = (byte) 0xD9;
    assertThat(decode(shorter, DecodeSettings.DEFAULT, engine).warnings())
        .containsExactly("corrupt");
  }

  @Test
  void refusesAJpegWithoutAScan() {
    byte[] content = ReferenceImage.resource("baseline_444.jpg");
    DecodeException failure = failure(Arrays.copyOf(content, startOfFrame(content) + 10));
    assertThat(failure.code()).isEqualTo("corrupt");
    assertThat(failure).hasMessageContaining("before its first scan");
  }

  @Test
  void refusesATruncatedPng() {
    byte[] content = ReferenceImage.resource("rgb.png");
    DecodeException failure = failure(Arrays.copyOf(content, content.length / 2));
    assertThat(failure.code()).isEqualTo("corrupt");
    assertThat(failure).hasMessageStartingWith("the PNG can't be decoded");
  }

  @ParameterizedTest
  @CsvSource({"lossless.webp, 80", "profile.webp, 80", "animated.webp, 40"})
  void warnsOfATruncatedLosslessWebp(String name, int percent) throws DecodeException {
    byte[] content = ReferenceImage.resource(name);
    DecodedImage image = decode(Arrays.copyOf(content, content.length * percent / 100));
    assertThat(image.warnings()).containsExactly("truncated");
    assertThat(image.pixels().bgr()).startsWith(ReferenceImage.resource(name + ".bgr")[0]);
  }

  /**
   * Pillow's {@code Image.new("RGB", size, (30, 200, 10)).save(..., lossless=True, quality=100)}.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "524946461e000000574542505650384c110000002f2bc131000750e47a54a1ff8188e87f0000",
        "5249464618000000574542505650384c0c0000002f0000000028723daad0ff00"
      })
  void decodesWebpOfOneColour(String file) throws DecodeException {
    DecodedImage image = decode(HexFormat.of().parseHex(file));
    assertThat(image.warnings()).isEmpty();
    int length = image.width() * image.height() * Pixels.CHANNELS;
    for (int i = 0; i < length; i += Pixels.CHANNELS) {
      assertThat(Arrays.copyOfRange(image.pixels().bgr(), i, i + Pixels.CHANNELS))
          .containsExactly(10, 200, 30);
    }
  }

  @Test
  void decodesLosslessWebpThatTheJavaReaderGetsWrong() throws DecodeException {
    Assumptions.assumeTrue(WebpDecoder.isAvailable(), "skipped without libwebp");
    DecodedImage image = decode(ReferenceImage.resource("tiles.webp"));
    byte[] expected = ReferenceImage.resource("tiles.webp.bgr");
    assertThat(image.warnings()).isEmpty();
    assertThat(image.pixels().bgr()).isEqualTo(expected);
  }

  /** The headers of OS/2: 12 bytes of version 1, 64 of version 2. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0c00000002000100010018000a14c80102030000",
        "400000000200000001000000010018000000000008000000000000000000000000000000"
            + "000000000000000000000000000000000000000000000000000000000a14c80102030000"
      })
  void decodesBmpOfOs2(String headerAndPixels) throws DecodeException {
    byte[] rest = HexFormat.of().parseHex(headerAndPixels);
    byte[] bmp =
        ByteBuffer.allocate(14 + rest.length)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put((byte) 'B')
            .put((byte) 'M')
            .putInt(14 + rest.length)
            .putInt(0)
            .putInt(14 + rest[0])
            .put(rest)
            .array();
    DecodedImage image = decode(bmp);
    assertThat(image.width()).isEqualTo(2);
    assertThat(Arrays.copyOf(image.pixels().bgr(), 6)).containsExactly(10, 20, 200, 1, 2, 3);
  }

  /** A page that is white but for one pixel, which fax compression makes 648 bytes of. */
  @Test
  void decodesANearlyBlankPage() throws DecodeException {
    DecodedImage image = decode(ReferenceImage.resource("blank_page.tif"));
    assertThat(image.warnings()).isEmpty();
    assertThat(image.width()).isEqualTo(2400);
    assertThat(image.pixels().bgr()[0]).isEqualTo((byte) 0xFF);
    assertThat(image.pixels().bgr()[(5 * 2400 + 5) * Pixels.CHANNELS]).isZero();
  }

  @Test
  void leavesThePixelsAsStoredWhenOrientationIsIgnored() throws DecodeException {
    DecodedImage upright = decode(ReferenceImage.resource("exif_6.jpg"));
    DecodedImage stored =
        decode(ReferenceImage.resource("exif_6.jpg"), AS_STORED, JpegEngine.fastest());
    assertThat(stored.orientation()).isEqualTo(6);
    assertThat(stored.pixels().width()).isEqualTo(37);
    assertThat(upright.pixels().width()).isEqualTo(29);
    assertThat(stored.pixels().bgr()).isEqualTo(ReferenceImage.resource("exif_1.jpg.bgr"));
  }

  @Test
  void takesABrokenExifBlockForUpright() throws DecodeException {
    byte[] content = ReferenceImage.resource("exif_6.jpg");
    int block = new String(content, StandardCharsets.ISO_8859_1).indexOf("Exif") + 6;
    for (int end = block; end < block + 20; end++) {
      byte[] broken = content.clone();
      Arrays.fill(broken, block, end + 1, (byte) 0xFF);
      assertThat(decode(broken).orientation()).isEqualTo(1);
    }
  }

  @Test
  void needsNoHelpFromTheContextClassLoader() throws DecodeException {
    Thread thread = Thread.currentThread();
    ClassLoader loader = thread.getContextClassLoader();
    thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
    try {
      assertThat(decode(ReferenceImage.resource("lossless.webp")).pixels().width()).isEqualTo(37);
      assertThat(decode(ReferenceImage.resource("rgb_lzw.tif")).pixels().width()).isEqualTo(37);
    } finally {
      thread.setContextClassLoader(loader);
    }
  }

  @Test
  void usesTurboJpegWhereItIs() {
    try (ImageDecoder decoder = ImageDecoder.open(DecodeSettings.DEFAULT)) {
      assertThat(decoder.engine().label())
          .isEqualTo(Engines.hasTurboJpeg() ? "turbojpeg" : "imageio");
    }
  }

  @Test
  void failsWhenTurboJpegIsAskedForButMissing() {
    Assumptions.assumeFalse(Engines.hasTurboJpeg(), "skipped where libturbojpeg is installed");
    assertThatThrownBy(() -> ImageDecoder.open(DecodeSettings.DEFAULT, JpegEngine.TURBOJPEG))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("install libturbojpeg");
  }

  @Test
  void saysWhatToInstallWhereLibheifIsMissing() {
    Assumptions.assumeFalse(Heif.isAvailable(), "skipped where libheif is installed");
    DecodeException failure = failure(ReferenceImage.resource("photo.heic"));
    assertThat(failure.code()).isEqualTo("unsupported");
    assertThat(failure).hasMessageContaining("apt-get install libheif1");
  }

  @Test
  void refusesALimitWithoutPixels() {
    assertThatThrownBy(() -> new DecodeSettings(Orientation.APPLY, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a limit of 0 pixels would refuse every image; give --max-pixels at least 1");
  }

  @Test
  void settingsSurviveSerialisation() throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream stream = new ObjectOutputStream(bytes)) {
      stream.writeObject(AS_STORED);
    }
    try (ObjectInputStream stream =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(stream.readObject()).isEqualTo(AS_STORED);
    }
  }
}
