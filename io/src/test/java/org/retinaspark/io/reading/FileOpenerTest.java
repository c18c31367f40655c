package org.retinaspark.io.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.retinaspark.io.images.FaultyFileSystem;
import org.retinaspark.io.images.FileFormat;
import org.retinaspark.io.images.ImageFile;
import org.retinaspark.io.images.ImageRoot;

/** One request a file, more only after failures that pass. */
final class FileOpenerTest {

  @TempDir private Path root;
  private final RetryTest.PretendedTime time = new RetryTest.PretendedTime();
  private final byte[] content = new byte[100_000];
  private Configuration hadoop;

  @BeforeEach
  void prepare() throws IOException {
    new Random(7).nextBytes(content);
    Files.write(root.resolve("a.jpg"), content);
    hadoop = FaultyFileSystem.install(new Configuration());
  }

  @Test
  void fileIsOpenedOnceAndNotAskedAbout() throws IOException {
    assertThat(opener(60).read(file("a.jpg", content.length), 1 << 20)).isEqualTo(content);
    assertThat(FaultyFileSystem.OPENED).hasValue(1);
    assertThat(FaultyFileSystem.STATUS_ASKED).hasValue(0);
  }

  @Test
  void fileOfUnknownLengthIsReadToItsEndByOneRequest() throws IOException {
    assertThat(opener(60).read(file("a.jpg", ImageFile.UNKNOWN), 1 << 20)).isEqualTo(content);
    assertThat(FaultyFileSystem.OPENED).hasValue(1);
    assertThat(FaultyFileSystem.STATUS_ASKED).hasValue(0);
  }

  @Test
  void fileOfUnknownLengthIsReadToTheFirstByteTooMany() throws IOException {
    assertThat(opener(60).read(file("a.jpg", ImageFile.UNKNOWN), 5000)).hasSize(5001);
  }

  @Test
  void fileThatIsTooLargeIsNotOpened() {
    assertThatThrownBy(() -> opener(60).read(file("a.jpg", content.length), 5000))
        .hasMessageContaining("its 100000 bytes are more than 5000");
    assertThat(FaultyFileSystem.OPENED).hasValue(0);
  }

  @Test
  void passingFailuresAreTriedAgain() throws IOException {
    FaultyFileSystem.failOpening(2);
    FaultyFileSystem.failReading(2, 50_000);
    assertThat(opener(60).read(file("a.jpg", content.length), 1 << 20)).isEqualTo(content);
    assertThat(FaultyFileSystem.OPENED).hasValue(5);
  }

  @Test
  void failuresThatDoNotPassAreToldAfterTheBudget() {
    FaultyFileSystem.failOpening(1_000_000);
    assertThatThrownBy(() -> opener(30).read(file("a.jpg", content.length), 1 << 20))
        .isExactlyInstanceOf(IOException.class)
        .hasMessageContaining("attempts in")
        .hasMessageContaining("503 Slow Down");
  }

  @Test
  void missingFileAndBadPathFailAtOnce() {
    assertThatThrownBy(() -> opener(60).read(file("b.jpg", 5), 10))
        .isInstanceOf(FileNotFoundException.class);
    ImageFile bad =
        ImageFile.listed(new ImageRoot("", FileFormat.IMAGE), "no scheme:/x", 5, 0, null);
    assertThatThrownBy(() -> opener(60).read(bad, 10))
        .isInstanceOf(FileNotFoundException.class)
        .hasMessageContaining("'no scheme:/x' can't be a path");
    assertThat(time.pauses).isEmpty();
  }

  @Test
  void diskThatCanNotBeReadIsAFailureOfTheImage() {
    assumeTrue(Files.isReadable(Path.of("/proc/self/mem")), "needs Linux");
    ImageRoot processes = new ImageRoot("file:/proc/self/", FileFormat.IMAGE);
    assertThatThrownBy(() -> opener(0).read(file(processes, "mem"), 100))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("Input/output error");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/a.jpg", "b//../a.jpg", "b/./../a.jpg", "./a.jpg", "../%s/a.jpg"})
  void keyThatHadoopTakesForAnotherIsNotRead(String name) {
    String key = name.formatted(root.getFileName());
    assertThatThrownBy(() -> opener(60).read(file(key, content.length), 1 << 20))
        .isInstanceOfSatisfying(
            UnreadableImageException.class,
            failure -> assertThat(failure.code()).isEqualTo("unsupported"))
        .hasMessageStartingWith(
            "'faulty:%s/%s' was not read, since Hadoop takes it for 'faulty:%s/a.jpg'",
            root, key, root);
    assertThat(FaultyFileSystem.OPENED).hasValue(0);
  }

  @Test
  void refusedFileIsNotAskedFor() {
    ImageRoot refused =
        new ImageRoot("faulty:" + root + "/", FileFormat.IMAGE, List.of(), "is elsewhere");
    assertThatThrownBy(() -> opener(60).read(file(refused, "a.jpg"), 1 << 20))
        .isInstanceOfSatisfying(
            UnreadableImageException.class,
            refusal -> assertThat(refusal.code()).isEqualTo("refused"))
        .hasMessage("'faulty:%s/a.jpg' is elsewhere", root);
    ImageRoot outside =
        new ImageRoot("faulty:" + root + "/", FileFormat.IMAGE, List.of("faulty:/else"), null);
    assertThatThrownBy(() -> opener(60).read(file(outside, "a.jpg"), 1 << 20))
        .isInstanceOf(UnreadableImageException.class);
    assertThat(FaultyFileSystem.OPENED).hasValue(0);
    assertThat(FaultyFileSystem.STATUS_ASKED).hasValue(0);
    assertThat(time.pauses).isEmpty();
  }

  @Test
  void linkLeadsOutOfNoFolder() throws IOException {
    java.nio.file.Path photos = Files.createDirectories(root.resolve("photos"));
    java.nio.file.Path secrets = Files.createDirectories(root.resolve("secrets"));
    Files.writeString(secrets.resolve("x.jpg"), "secret");
    Files.writeString(photos.resolve("a.jpg"), "photo");
    Files.createSymbolicLink(photos.resolve("link"), secrets);
    Files.createSymbolicLink(photos.resolve("same.jpg"), photos.resolve("a.jpg"));
    List<String> within = List.of("file:" + photos);
    ImageRoot manifest = new ImageRoot("file:" + photos + "/", FileFormat.IMAGE, within, null);

    assertThat(opener(0).read(file(manifest, "same.jpg"), 100)).asString().isEqualTo("photo");
    assertThatThrownBy(() -> opener(0).read(file(manifest, "link/x.jpg"), 100))
        .isInstanceOf(UnreadableImageException.class)
        .hasMessageContaining("leads out of 'file:%s' by a link", photos);
    assertThatThrownBy(() -> opener(0).read(file(manifest, "absent.jpg"), 100))
        .isInstanceOf(FileNotFoundException.class);

    ImageRoot both =
        new ImageRoot(
            "file:" + photos + "/",
            FileFormat.IMAGE,
            List.of("file:" + photos, "file:" + secrets),
            null);
    assertThat(opener(0).read(file(both, "link/x.jpg"), 100)).asString().isEqualTo("secret");
  }

  @Test
  void shrunkFileIsIncompleteAtOnce() {
    assertThatThrownBy(() -> opener(60).read(file("a.jpg", 200_000), 1 << 20))
        .isInstanceOf(EOFException.class)
        .hasMessageEndingWith("ends after 100000 of the 200000 bytes that the listing gave it");
    assertThat(time.pauses).isEmpty();
  }

  @Test
  void streamGoesOnWhereItFailed() throws IOException {
    FaultyFileSystem.failReading(3, 60_000);
    try (InputStream in = opener(60).stream(file("a.jpg", content.length), "sequential")) {
      assertThat(in.readAllBytes()).isEqualTo(content);
    }
    assertThat(FaultyFileSystem.OPENED).hasValue(4);
  }

  @Test
  void streamSeeks() throws IOException {
    try (ResumingStream in = opener(60).stream(file("a.jpg", content.length), "random")) {
      in.seek(90_000);
      assertThat(in.readNBytes(20_000)).isEqualTo(Arrays.copyOfRange(content, 90_000, 100_000));
      in.seek(10);
      assertThat(in.read()).isEqualTo(content[10] & 0xff);
      assertThat(in.position()).isEqualTo(11);
    }
    assertThat(FaultyFileSystem.OPENED).hasValue(1);
  }

  private FileOpener opener(long seconds) {
    return new FileOpener(hadoop, new Retry(Duration.ofSeconds(seconds), time));
  }

  private ImageFile file(String name, long length) {
    ImageRoot folder = new ImageRoot("faulty:" + root + "/", FileFormat.IMAGE);
    return new ImageFile(folder, name, 0, length, 0, null, 0, List.of());
  }

  private static ImageFile file(ImageRoot root, String name) {
    return new ImageFile(root, name, 0, ImageFile.UNKNOWN, 0, null, 0, List.of());
  }
}
