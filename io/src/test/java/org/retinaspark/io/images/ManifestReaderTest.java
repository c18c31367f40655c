package org.retinaspark.io.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.retinaspark.io.images.Listings.files;
import static org.retinaspark.io.images.Listings.keys;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.retinaspark.io.LocalSpark;
import org.retinaspark.io.UnusableLocationException;

/** Manifests name images, know them in part, and carry columns of their own. */
final class ManifestReaderTest {

  @TempDir private Path root;

  @Test
  void linesOfATextArePathsAsTheyAre() throws IOException {
    List<String> names =
        List.of(
            "a b.jpg", "größe 日本.jpg", "100%.jpg", "a,\"b\".jpg", "#c.jpg", "d?e.jpg", "f:g.jpg");
    Files.writeString(root.resolve("list.txt"), String.join("\n", names) + "\n\n");
    ImageListing listing = Listings.of(SourceFormat.AUTO, root.resolve("list.txt"));
    assertThat(keys(listing)).containsExactlyInAnyOrderElementsOf(names);
    assertThat(files(listing))
        .allSatisfy(
            file -> {
              assertThat(file.uri()).isEqualTo("file:" + root + "/" + file.image());
              assertThat(file.length()).isEqualTo(ImageFile.UNKNOWN);
            });
    assertThat(listing.carried().fieldNames()).isEmpty();
    assertThat(listing.images()).hasValue(names.size());
  }

  @Test
  void pathsMayBeRelativeOrNot() throws IOException {
    Files.writeString(root.resolve("list.txt"), "a/b.jpg\n/c/d.jpg\ns3a://bucket/e.jpg\n");
    assertThat(files(Listings.of(SourceFormat.AUTO, root.resolve("list.txt"))))
        .extracting(ImageFile::image, ImageFile::uri)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("/c/d.jpg", "file:/c/d.jpg"),
            org.assertj.core.groups.Tuple.tuple("a/b.jpg", "file:" + root + "/a/b.jpg"),
            org.assertj.core.groups.Tuple.tuple("s3a://bucket/e.jpg", "s3a://bucket/e.jpg"));
  }

  @Test
  void columnsOfACsvAreUsedOrCarried() throws IOException {
    Files.writeString(
        root.resolve("list.csv"),
        """
        label,path,length,etag,width,height,note
        cat,a.jpg,12,"x",640,480,"one, two"
        dog,b.jpg,,,,,
        """);
    ImageListing listing = Listings.of(SourceFormat.AUTO, root.resolve("list.csv"));
    assertThat(listing.carried().fieldNames()).containsExactly("label", "note");
    ImageFile first = files(listing).get(0);
    assertThat(first.length()).isEqualTo(12);
    assertThat(first.etag()).isEqualTo("x");
    assertThat(first.pixels()).isEqualTo(640 * 480);
    assertThat(first.carried()).containsExactly("cat", "one, two");
    ImageFile second = files(listing).get(1);
    assertThat(second.length()).isEqualTo(ImageFile.UNKNOWN);
    assertThat(second.pixels()).isZero();
    assertThat(second.carried()).containsExactly("dog", null);
  }

  @Test
  void parquetKeepsTheTypesOfWhatItCarries() {
    StructType schema =
        new StructType()
            .add("uri", DataTypes.StringType)
            .add("length", DataTypes.LongType)
            .add("weight", DataTypes.DoubleType)
            .add("tags", DataTypes.createArrayType(DataTypes.StringType));
    write(schema, RowFactory.create("a.jpg", 5L, 0.5, new String[] {"x"}));
    ImageListing listing = Listings.of(SourceFormat.MANIFEST, root.resolve("list"));
    assertThat(listing.carried().fieldNames()).containsExactly("weight", "tags");
    assertThat(files(listing).get(0).uri()).isEqualTo("file:" + root + "/a.jpg");
    assertThat(files(listing).get(0).length()).isEqualTo(5);
    assertThat(files(listing).get(0).carried().get(0)).isEqualTo(0.5);
  }

  @Test
  void oddNameOfAManifestIsFound() throws IOException {
    Path odd = Files.createDirectories(root.resolve("a [1] {b}%20"));
    Files.writeString(odd.resolve("l*st?.csv"), "path\na.jpg\n");
    assertThat(keys(Listings.of(SourceFormat.AUTO, odd.resolve("l*st?.csv"))))
        .containsExactly("a.jpg");
  }

  @Test
  void missingColumnIsNamed() throws IOException {
    Files.writeString(root.resolve("list.csv"), "photo,label\na.jpg,x\n");
    assertThatThrownBy(() -> Listings.of(SourceFormat.AUTO, root.resolve("list.csv")))
        .isInstanceOf(UnusableLocationException.class)
        .hasMessage(
            "manifest 'file:%s/list.csv' has no column 'path', 'uri', 'image', 'file_name': nothing"
                + " was read. It has photo, label; say with --path-column which names the images",
            root);
    InputColumns named = new InputColumns("photo", null, null);
    assertThat(keys(Listings.of(SourceFormat.AUTO, named, root.resolve("list.csv"))))
        .containsExactly("a.jpg");
  }

  @Test
  void wrongValuesAreNamed() throws IOException {
    Files.writeString(root.resolve("list.csv"), "path,length\na.jpg,many\n");
    assertThatThrownBy(() -> Listings.of(SourceFormat.AUTO, root.resolve("list.csv")))
        .isInstanceOf(UnusableLocationException.class)
        .hasMessageContaining("gives 'a.jpg' the length 'many': nothing was read");
    Files.writeString(root.resolve("list.csv"), "path,length\n,5\n");
    assertThatThrownBy(() -> Listings.of(SourceFormat.AUTO, root.resolve("list.csv")))
        .isInstanceOf(UnusableLocationException.class)
        .hasMessageContaining("has a row without a path");
  }

  @Test
  void pathThatRepeatsIsNamed() throws IOException {
    Files.writeString(root.resolve("list.txt"), "a.jpg\nb.jpg\na.jpg\n");
    assertThatThrownBy(() -> Listings.of(SourceFormat.AUTO, root.resolve("list.txt")))
        .isInstanceOf(UnusableLocationException.class)
        .hasMessageContaining("give 1 keys more than once: 'a.jpg'");
  }

  @Test
  void manifestsOfOtherColumnsDoNotMix() throws IOException {
    Files.writeString(root.resolve("one.csv"), "path,label\na.jpg,x\n");
    Files.writeString(root.resolve("two.csv"), "path,note\nb.jpg,y\n");
    assertThatThrownBy(
            () -> Listings.of(SourceFormat.AUTO, root.resolve("one.csv"), root.resolve("two.csv")))
        .isInstanceOf(UnusableLocationException.class)
        .hasMessageContaining("two.csv' has the further columns struct<note:string>");
  }

  private void write(StructType schema, Row... rows) {
    LocalSpark.session()
        .createDataFrame(Arrays.asList(rows), schema)
        .write()
        .parquet(root.resolve("list").toString());
  }
}
