package org.retinaspark.io.table;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.retinaspark.io.UnusableLocationException;
import org.retinaspark.io.images.Listings;
import org.retinaspark.io.images.SourceFormat;

class InputGuardTest {

  @TempDir private Path root;
  private Path photos;
  private Path output;

  @BeforeEach
  void makeFolders() throws IOException {
    photos = Files.createDirectory(root.resolve("photos"));
    output = Files.createDirectory(root.resolve("output"));
    for (int index = 0; index < 5; index++) {
      Files.createFile(photos.resolve(index + ".jpg"));
    }
  }

  @Test
  void filesBesideTheOutputAreLetIn() {
    assertThatCode(() -> guard().requireAll(units(photos))).doesNotThrowAnyException();
  }

  @Test
  void aFileInTheOutputIsRefused() throws IOException {
    Path inside = Files.createFile(Files.createDirectory(output.resolve("a")).resolve("b.jpg"));

    assertThatThrownBy(() -> guard().requireAll(units(root)))
        .isInstanceOf(UnusableLocationException.class)
        .hasMessageContaining("holds the input 'file:%s'", inside);
  }

  @Test
  void aLinkThatLeadsIntoTheOutputIsRefusedThoughItsFolderLiesElsewhere() throws IOException {
    Path inside = Files.createFile(output.resolve("b.jpg"));
    Path link = Files.createSymbolicLink(photos.resolve("3a.jpg"), inside);

    assertThatThrownBy(() -> guard().requireAll(units(photos)))
        .isInstanceOf(UnusableLocationException.class)
        .hasMessageContaining("holds the input 'file:%s'", link);
  }

  private InputGuard guard() {
    return new InputGuard(
        "output", new org.apache.hadoop.fs.Path(output.toUri()), new Configuration());
  }

  private static Dataset<Row> units(Path folder) {
    return Listings.of(SourceFormat.FILES, folder).units();
  }
}
