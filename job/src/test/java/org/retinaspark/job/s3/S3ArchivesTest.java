package org.retinaspark.job.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.retinaspark.io.images.FileFormat;
import org.retinaspark.io.images.ImageFile;
import org.retinaspark.io.images.ImageRoot;
import org.retinaspark.io.images.InputColumns;
import org.retinaspark.io.images.NameFilter;
import org.retinaspark.io.reading.ImageIterator;
import org.retinaspark.io.reading.ImageReader;
import org.retinaspark.io.reading.ReadSettings;
import org.retinaspark.job.LocalSpark;

/** How many requests an archive in a bucket costs, which are paid for one by one. */
@SuppressWarnings("NullAway.Init")
class S3ArchivesTest {

  private static final int MEMBERS = 40;
  private static final int BYTES = 100_000;

  @TempDir private static Path folder;
  private static S3Server server;
  private static FileSystem files;

  @BeforeAll
  static void start() throws IOException {
    server = S3Server.start(folder.resolve("store"), "archives");
    Configuration hadoop = LocalSpark.session().sparkContext().hadoopConfiguration();
    server.settings().forEach(hadoop::set);
    files = path("").getFileSystem(hadoop);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void clearTheSky() {
    server.proxy().begin(Weather.FAIR);
  }

  @Test
  void zipIsReadWithTwoRequests() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (int number = 0; number < MEMBERS; number++) {
        // Every second one is passed over, without a request.
        zip.putNextEntry(new ZipEntry(number + (number % 2 == 0 ? ".jpg" : ".json")));
        zip.write(noise(number));
      }
    }
    assertThat(images("a.zip", FileFormat.ZIP, bytes.toByteArray())).isEqualTo(MEMBERS / 2);
    assertThat(server.proxy().requests("GET", key -> key.endsWith("a.zip"))).isEqualTo(2);
    assertThat(server.proxy().requests("HEAD", key -> key.endsWith("a.zip"))).isZero();
  }

  @Test
  void tarIsReadWithOneRequestAndLinksWithAnother() throws IOException {
    assertThat(images("a.tar", FileFormat.TAR, tar(0))).isEqualTo(MEMBERS);
    assertThat(server.proxy().requests("GET", key -> key.endsWith("a.tar"))).isEqualTo(1);
    assertThat(images("b.tar", FileFormat.TAR, tar(10))).isEqualTo(MEMBERS + 10);
    assertThat(server.proxy().requests("GET", key -> key.endsWith("b.tar"))).isEqualTo(2);
    assertThat(server.proxy().requests("HEAD", key -> key.endsWith(".tar"))).isZero();
  }

  /** A tar whose last members are links to its first. */
  private static byte[] tar(int links) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
      for (int number = 0; number < MEMBERS; number++) {
        TarArchiveEntry entry = new TarArchiveEntry(number + ".jpg");
        entry.setSize(BYTES);
        tar.putArchiveEntry(entry);
        tar.write(noise(number));
        tar.closeArchiveEntry();
      }
      for (int number = 0; number < links; number++) {
        TarArchiveEntry entry =
            new TarArchiveEntry("link-%d.jpg".formatted(number), TarConstants.LF_LINK);
        entry.setLinkName(number + ".jpg");
        tar.putArchiveEntry(entry);
        tar.closeArchiveEntry();
      }
    }
    return bytes.toByteArray();
  }

  private static byte[] noise(int seed) {
    byte[] noise = new byte[BYTES];
    new Random(seed).nextBytes(noise);
    return noise;
  }

  /**
   * Reads an archive to its end; how many images it has, each of which is the noise of its name.
   */
  private static int images(String name, FileFormat format, byte[] archive) throws IOException {
    try (OutputStream out = files.create(path(name))) {
      out.write(archive);
    }
    server.proxy().begin(Weather.FAIR);
    ImageReader reader =
        ImageReader.of(
            LocalSpark.session().sparkContext(),
            new ReadSettings(
                NameFilter.IMAGES, InputColumns.USUAL, 1 << 20, null, Duration.ofSeconds(10)));
    ImageFile file =
        ImageFile.listed(new ImageRoot(server.uri(""), format), name, archive.length, 0, null);
    int count = 0;
    try (ImageIterator images = reader.open(file)) {
      while (images.hasNext()) {
        var image = images.next();
        int seed = Integer.parseInt(image.image().replaceAll(".*[/-]|\\.jpg", ""));
        assertThat(Arrays.equals(image.content().read(), noise(seed))).isTrue();
        count++;
      }
    }
    return count;
  }

  private static org.apache.hadoop.fs.Path path(String key) {
    return new org.apache.hadoop.fs.Path(server.uri(key));
  }
}
