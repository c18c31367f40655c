package org.retinaspark.io.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.retinaspark.io.folders.PassedOver.Reason;
import org.retinaspark.io.folders.PassedOverCounter;
import org.retinaspark.io.images.FaultyFileSystem;
import org.retinaspark.io.images.FileFormat;
import org.retinaspark.io.images.ImageFile;
import org.retinaspark.io.images.ImageRoot;
import org.retinaspark.io.images.InputColumns;
import org.retinaspark.io.images.NameFilter;

/** Members of archives become images; an archive that is cut off says so. */
final class ArchiveFileTest {

  private static final String LONG = "folder-" + "x".repeat(120) + "/" + "y".repeat(90) + ".jpg";

  private static final Configuration HADOOP = new Configuration();

  @TempDir private Path root;
  private final PassedOverCounter passedOver = new PassedOverCounter();

  @ParameterizedTest
  @ValueSource(strings = {"gnu.tar", "pax.tar.gz", "python.zip"})
  void membersOfPythonsArchivesAreImages(String name) throws IOException {
    try (InputStream golden = ArchiveFileTest.class.getResourceAsStream(name)) {
      Files.copy(Objects.requireNonNull(golden), root.resolve(name));
    }
    List<StoredImage> images = new ArrayList<>(images(name, 1 << 20));
    if (!name.equals("python.zip")) {
      assertThat(OpenArchive.row(images.remove(4)))
          .startsWith(name + "/link.jpg: FileNotFoundException")
          .contains("a link to '/etc/passwd', which is no file of the archive");
    }
    assertThat(images)
        .extracting(StoredImage::image)
        .containsExactly(
            name + "/000/a b.jpg", name + "/größe 日本.png", name + "/100%#?.jpg", name + "/" + LONG);
    for (StoredImage image : images) {
      String member = image.image().substring(name.length() + 1);
      assertThat(image.content().read()).asString(StandardCharsets.UTF_8).isEqualTo(member);
      assertThat(image.length()).isEqualTo(member.getBytes(StandardCharsets.UTF_8).length);
      assertThat(image.uri()).isEqualTo("file:" + root + "/" + name + "!/" + member);
    }
    assertThat(passedOver.value().counts())
        .containsExactly(Map.entry(Reason.ENDING, 1L), Map.entry(Reason.SYSTEM, 1L));
  }

  @ParameterizedTest
  @CsvSource({
    "../../etc/passwd.jpg, etc/passwd.jpg",
    "/etc/a.jpg, etc/a.jpg",
    "a/../../b.jpg, b.jpg",
    "./a//b.jpg, a/b.jpg",
    "a/.., ''"
  })
  void nameNeverLeadsOut(String name, String path) {
    assertThat(MemberNames.inside(name)).isEqualTo(path);
  }

  @Test
  void hostileNamesAreOnlyKeys() throws IOException {
    Files.write(root.resolve("a.tar"), tar("../x.jpg", "/x.jpg", "x.jpg"));
    assertThat(images("a.tar", 100))
        .extracting(StoredImage::image)
        .containsExactly("a.tar/x.jpg", "a.tar/x.jpg#2", "a.tar/x.jpg#3");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.tar", "a.zip"})
  void memberThatIsTooLargeIsNotReadButGiven(String name) throws IOException {
    Files.write(
        root.resolve(name),
        name.endsWith("tar")
            ? tar("a.jpg", "b".repeat(40) + ".jpg", "c.jpg")
            : zip("a.jpg", "b".repeat(40) + ".jpg", "c.jpg"));
    List<StoredImage> images = images(name, 20);
    assertThat(images).hasSize(3);
    assertThat(images.get(1).length()).isGreaterThan(20);
    assertThatThrownBy(() -> images.get(1).content().read())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("was not read, since its 44 bytes are more than 20");
    assertThat(images.get(2).content().read()).asString().isEqualTo("c.jpg");
  }

  @Test
  void everyCutOfATarIsTold() throws IOException {
    everyCutIsTold("a.tar", tar("a.jpg", "b.jpg", "c.jpg"), 1024 * 3 + 512);
  }

  @Test
  void everyCutOfACompressedTarIsTold() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream gzip = new java.util.zip.GZIPOutputStream(bytes)) {
      gzip.write(tar("a.jpg", "b.jpg", "c.jpg"));
    }
    everyCutIsTold("a.tar.gz", bytes.toByteArray(), bytes.size() - 8);
  }

  @Test
  void everyCutOfAZipIsTold() throws IOException {
    byte[] zip = zip("a.jpg", "b.jpg", "c.jpg");
    everyCutIsTold("a.zip", zip, zip.length);
  }

  /** Cut before any byte up to a limit, the archive gives what is whole, then the reason. */
  private void everyCutIsTold(String name, byte[] archive, int limit) throws IOException {
    for (int length = 0; length < limit; length++) {
      Files.write(root.resolve(name), Arrays.copyOf(archive, length));
      List<StoredImage> images = images(name, 100);
      StoredImage last = images.get(images.size() - 1);
      assertThat(last.image()).as("cut at %d", length).isEqualTo(name);
      assertThat(last.length()).isEqualTo(ImageFile.UNKNOWN);
      assertThatThrownBy(() -> last.content().read())
          .isInstanceOf(IOException.class)
          .hasMessageContaining(root + "/" + name);
      for (StoredImage whole : images.subList(0, images.size() - 1)) {
        assertThat(name + "/" + new String(whole.content().read(), StandardCharsets.UTF_8))
            .isEqualTo(whole.image());
      }
    }
    Files.write(root.resolve(name), archive);
    assertThat(images(name, 100)).hasSize(3);
  }

  @Property(tries = 300)
  void brokenBytesNeverThrow(
      @ForAll @IntRange(max = 1) int kind,
      @ForAll @IntRange(max = 2000) int place,
      @ForAll byte value)
      throws IOException {
    byte[] archive = kind == 0 ? tar("a.jpg", "b.jpg") : zip("a.jpg", "b.jpg");
    archive[place % archive.length] = value;
    Path folder = Files.createTempDirectory("broken");
    Path file = Files.write(folder.resolve(kind == 0 ? "a.tar" : "a.zip"), archive);
    for (StoredImage image : images(file, 1000)) {
      assertThat(image.image()).startsWith(file.getFileName().toString());
    }
    Files.delete(file);
    Files.delete(folder);
  }

  @Test
  void archiveThatIsGoneIsNotFound() throws IOException {
    Files.write(root.resolve("a.tar"), tar("a.jpg"));
    ImageFile file = listed(root.resolve("a.tar"));
    Files.delete(root.resolve("a.tar"));
    List<StoredImage> images = images(file, 100);
    assertThat(images).hasSize(1);
    assertThatThrownBy(() -> images.get(0).content().read())
        .isInstanceOf(FileNotFoundException.class);
  }

  @Test
  void cutArchiveIsIncomplete() throws IOException {
    Files.write(root.resolve("a.tar"), Arrays.copyOf(tar("a.jpg", "b.jpg"), 1024));
    List<StoredImage> images = images("a.tar", 100);
    assertThat(images).extracting(StoredImage::image).containsExactly("a.tar/a.jpg", "a.tar");
    assertThatThrownBy(() -> images.get(1).content().read())
        .isInstanceOf(EOFException.class)
        .hasMessageContaining("can't be read to its end")
        .hasMessageContaining("cut off");
  }

  @Test
  void storeIsAskedOnceThoughItFails() throws IOException {
    Files.write(root.resolve("a.tar"), tar("a.jpg", "b.jpg", "c.jpg"));
    Configuration hadoop = FaultyFileSystem.install(new Configuration());
    ImageFile local = listed(root.resolve("a.tar"));
    ImageFile file =
        ImageFile.listed(
            new ImageRoot("faulty:" + root + "/", FileFormat.TAR),
            "a.tar",
            local.length(),
            0,
            null);
    assertThat(images(file, hadoop, 100)).hasSize(3);
    assertThat(FaultyFileSystem.OPENED).hasValue(1);
    FaultyFileSystem.failReading(2, 2000);
    assertThat(images(file, hadoop, 100)).hasSize(3);
    assertThat(FaultyFileSystem.OPENED).hasValue(4);
    assertThat(FaultyFileSystem.STATUS_ASKED).hasValue(0);
  }

  private List<StoredImage> images(String name, long maximumBytes) {
    return images(root.resolve(name), maximumBytes);
  }

  private List<StoredImage> images(Path file, long maximumBytes) {
    return images(listed(file), maximumBytes);
  }

  private List<StoredImage> images(ImageFile file, long maximumBytes) {
    return images(file, HADOOP, maximumBytes);
  }

  private List<StoredImage> images(ImageFile file, Configuration hadoop, long maximumBytes) {
    ReadSettings settings =
        new ReadSettings(
            NameFilter.IMAGES, InputColumns.USUAL, maximumBytes, null, Duration.ofSeconds(60));
    FileOpener opener =
        new FileOpener(hadoop, new Retry(settings.retryTime(), new RetryTest.PretendedTime()));
    List<StoredImage> images = new ArrayList<>();
    try (ManyImages open =
        new ManyImages(file, () -> ArchiveFile.open(file, opener, settings, passedOver))) {
      open.forEachRemaining(images::add);
    }
    return images;
  }

  private static ImageFile listed(Path file) {
    return ImageFile.listed(
        new ImageRoot("file:" + file.getParent() + "/", format(file)),
        file.getFileName().toString(),
        file.toFile().length(),
        0,
        null);
  }

  private static FileFormat format(Path file) {
    return file.toString().endsWith(".zip") ? FileFormat.ZIP : FileFormat.TAR;
  }

  /** A tar of members whose content is their name. */
  private static byte[] tar(String... names) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
      for (String name : names) {
        TarArchiveEntry entry = new TarArchiveEntry(name, true);
        entry.setSize(name.length());
        tar.putArchiveEntry(entry);
        tar.write(name.getBytes(StandardCharsets.US_ASCII));
        tar.closeArchiveEntry();
      }
    }
    return bytes.toByteArray();
  }

  /** A zip of members whose content is their name, with lengths behind the members. */
  private static byte[] zip(String... names) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (String name : names) {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(name.getBytes(StandardCharsets.US_ASCII));
      }
    }
    return bytes.toByteArray();
  }
}
