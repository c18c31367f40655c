package org.retinaspark.io.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file is read whole, as the listing knew it, or the reason is told by the exception's type. */
final class ImageReaderTest {

  private static SparkSession spark;

  @TempDir private Path root;

  @BeforeAll
  static void start() {
    spark =
        SparkSession.builder()
            .master("local[1]")
            .appName("retinaspark io tests")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "localhost")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .getOrCreate();
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  @Test
  void wholeContentIsRead() throws IOException {
    byte[] content = new byte[200_000];
    for (int index = 0; index < content.length; index++) {
      content[index] = (byte) (index * 31);
    }
    assertThat(reader().read(listed("a b%20[1] ü.jpg", content))).isEqualTo(content);
  }

  @Test
  void emptyFileHasNoBytes() throws IOException {
    assertThat(reader().read(listed("a.jpg", new byte[0]))).isEmpty();
  }

  @Test
  void fileThatShrankIsIncomplete() throws IOException {
    ImageFile image = listed("a.jpg", new byte[100]);
    Files.write(root.resolve("a.jpg"), new byte[40]);
    assertThatThrownBy(() -> reader().read(image))
        .isInstanceOf(EOFException.class)
        .hasMessage(
            "%s ends after 40 of the 100 bytes that the listing gave it".formatted(image.uri()));
  }

  @Test
  void fileThatVanishedIsNotFound() throws IOException {
    ImageFile image = listed("a.jpg", new byte[100]);
    Files.delete(root.resolve("a.jpg"));
    assertThatThrownBy(() -> reader().read(image))
        .isInstanceOf(FileNotFoundException.class)
        .hasMessageContaining("a.jpg");
  }

  @Test
  void readerAndFileSurviveJavaSerialisation() throws Exception {
    ImageFile image = listed("a.jpg", new byte[] {1, 2, 3});
    assertThat(roundTrip(image)).isEqualTo(image);
    assertThat(roundTrip(new ImageFile("a", "file:/a", 1, 2, "tag")).etag()).isEqualTo("tag");
    assertThat(roundTrip(reader()).read(image)).containsExactly(1, 2, 3);
  }

  @Test
  void tasksReadWithIt() throws IOException {
    ImageFile image = listed("a.jpg", new byte[] {1, 2, 3});
    ImageReader reader = reader();
    assertThat(
            JavaSparkContext.fromSparkContext(spark.sparkContext())
                .parallelize(List.of(image), 1)
                .map(reader::read)
                .collect())
        .singleElement()
        .isEqualTo(new byte[] {1, 2, 3});
  }

  private static ImageReader reader() {
    return ImageReader.of(spark.sparkContext());
  }

  private ImageFile listed(String name, byte[] content) throws IOException {
    Files.write(root.resolve(name), content);
    return new ImageLister(new Configuration(), NameFilter.IMAGES)
        .list(root.resolve(name).toString())
        .images()
        .get(0);
  }

  @SuppressWarnings("unchecked")
  private static <T> T roundTrip(T object) throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(object);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (T) in.readObject();
    }
  }
}
