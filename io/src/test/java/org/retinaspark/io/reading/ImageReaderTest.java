package org.retinaspark.io.reading;

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
import java.time.Duration;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.retinaspark.io.LocalSpark;
import org.retinaspark.io.images.ImageFile;
import org.retinaspark.io.images.InputColumns;
import org.retinaspark.io.images.Listings;
import org.retinaspark.io.images.NameFilter;
import org.retinaspark.io.images.SourceFormat;

/** A file is read whole, as the listing knew it, or the reason is told by the exception's type. */
final class ImageReaderTest {

  @TempDir private Path root;

  @Test
  void wholeContentIsRead() throws IOException {
    byte[] content = new byte[200_000];
    for (int index = 0; index < content.length; index++) {
      content[index] = (byte) (index * 31);
    }
    assertThat(read(listed("a b%20[1] ü.jpg", content))).isEqualTo(content);
  }

  @Test
  void emptyFileHasNoBytes() throws IOException {
    assertThat(read(listed("a.jpg", new byte[0]))).isEmpty();
  }

  @Test
  void fileThatShrankIsIncomplete() throws IOException {
    ImageFile image = listed("a.jpg", new byte[100]);
    Files.write(root.resolve("a.jpg"), new byte[40]);
    assertThatThrownBy(() -> read(image))
        .isInstanceOf(EOFException.class)
        .hasMessage(
            "%s ends after 40 of the 100 bytes that the listing gave it".formatted(image.uri()));
  }

  @Test
  void fileThatVanishedIsNotFound() throws IOException {
    ImageFile image = listed("a.jpg", new byte[100]);
    Files.delete(root.resolve("a.jpg"));
    assertThatThrownBy(() -> read(image))
        .isInstanceOf(FileNotFoundException.class)
        .hasMessageContaining("a.jpg");
  }

  @Test
  void readerAndFileSurviveJavaSerialisation() throws Exception {
    ImageFile image = listed("a.jpg", new byte[] {1, 2, 3});
    assertThat(roundTrip(image)).isEqualTo(image);
    assertThat(roundTrip(reader()).open(image).next().content().read()).containsExactly(1, 2, 3);
  }

  @Test
  void tasksReadWithIt() throws IOException {
    ImageFile image = listed("a.jpg", new byte[] {1, 2, 3});
    ImageReader reader = reader();
    assertThat(
            JavaSparkContext.fromSparkContext(LocalSpark.session().sparkContext())
                .parallelize(List.of(image), 1)
                .map(file -> reader.open(file).next().content().read())
                .collect())
        .singleElement()
        .isEqualTo(new byte[] {1, 2, 3});
  }

  @Test
  void fileIsOneImageAsListed() throws IOException {
    ImageFile file = listed("a.jpg", new byte[] {1, 2, 3});
    try (ImageIterator images = reader().open(file)) {
      StoredImage image = images.next();
      assertThat(image.image()).isEqualTo("a.jpg");
      assertThat(image.uri()).isEqualTo("file:" + root + "/a.jpg");
      assertThat(image.length()).isEqualTo(3);
      assertThat(image.modified()).isEqualTo(file.modified());
      assertThat(images.hasNext()).isFalse();
    }
  }

  private static byte[] read(ImageFile file) throws IOException {
    try (ImageIterator images = reader().open(file)) {
      return images.next().content().read();
    }
  }

  private static ImageReader reader() {
    return ImageReader.of(
        LocalSpark.session().sparkContext(),
        new ReadSettings(NameFilter.IMAGES, InputColumns.USUAL, 1 << 20, null, Duration.ZERO));
  }

  private ImageFile listed(String name, byte[] content) throws IOException {
    Files.write(root.resolve(name), content);
    return Listings.files(Listings.of(SourceFormat.FILES, root.resolve(name))).get(0);
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
