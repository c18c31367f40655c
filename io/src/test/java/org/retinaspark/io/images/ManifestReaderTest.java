package org.retinaspark.io.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.retinaspark.io.images.Listings.files;
import static org.retinaspark.io.images.Listings.keys;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
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
  void linesOfAListArePathsAsTheyAre() throws IOException {
    List<String> names =
        List.of(
            "a b.jpg",
            "größe 日本.jpg",
            "100%.jpg",
            "a,\"b\".jpg",
            "./#c.jpg",
            "d?e.jpg",
            "f:g.jpg",
            "%2e%2e.jpg",
            "h#i.jpg",
            "'j'.jpg");
    Files.writeString(root.resolve("list.txt"), String.join("\n", names) + "\n\n");
    ImageListing listing = Listings.of(SourceFormat.AUTO, root.resolve("list.txt"));
    assertThat(keys(listing)).containsExactlyInAnyOrderElementsOf(names);
    assertThat(files(listing))
        .allSatisfy(
            file -> {
              assertThat(file.uri()).isEqualTo("file:" + root + "/" + file.image());
              assertThat(file.length()).isEqualTo(ImageFile.UNKNOWN);
              assertThat(file.root().refusal()).isNull();
            });
    assertThat(listing.carried().fieldNames()).isEmpty();
    assertThat(listing.images()).hasValue(names.size());
  }

  @Test
  void pathsMayBeRelativeOrNot() throws IOException {
    Files.writeString(
        root.resolve("list.txt"), "a/b.jpg\n%1$s/d.jpg\nfile://%1$s/e.jpg\n".formatted(root));
    assertThat(files(Listings.of(SourceFormat.AUTO, root.resolve("list.txt"))))
        .allSatisfy(file -> assertThat(file.root().refusal()).isNull())
        .extracting(ImageFile::image, ImageFile::uri)
        .containsExactlyInAnyOrder(
            tuple(root + "/d.jpg", "file:" + root + "/d.jpg"),
            tuple("a/b.jpg", "file:" + root + "/a/b.jpg"),
            tuple("file://" + root + "/e.jpg", "file://" + root + "/e.jpg"));
  }

  @Test
  void manifestsOfAGlobThatCarryOtherColumnsAreRefused() throws IOException {
    Files.writeString(root.resolve("a.csv"), "path,label\na.jpg,cat\n");
    Files.writeString(root.resolve("b.csv"), "path,label,weight\nb.jpg,dog,3\n");
    assertThatThrownBy(() -> Listings.of(SourceFormat.MANIFEST, root.resolve("*.csv")))
        .isInstanceOf(UnusableLocationException.class)
        .hasMessageContaining("b.csv' has the further columns struct<label:string,weight:string>")
        .hasMessageContaining("and one before it struct<label:string>: nothing was read");
  }

  @Test
  void lengthsWhoseSumNoNumberHoldsAreNoFault() throws IOException {
    Files.writeString(
        root.resolve("list.csv"),
        "path,length\na.jpg,%1$d\nb.jpg,%1$d\n".formatted(Long.MAX_VALUE));
    assertThat(Listings.of(SourceFormat.AUTO, root.resolve("list.csv")).bytes())
        .isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void sidesWhoseProductNoNumberHoldsTellNothing() throws IOException {
    Files.writeString(
        root.resolve("list.csv"),
        "path,width,height\na.jpg,%d,2\nb.jpg,3,2\n".formatted(Long.MAX_VALUE));
    assertThat(files(Listings.of(SourceFormat.AUTO, root.resolve("list.csv"))))
        .extracting(ImageFile::image, ImageFile::pixels)
        .containsExactlyInAnyOrder(tuple("a.jpg", 0L), tuple("b.jpg", 6L));
  }

  @Test
  void whatLiesElsewhereIsRefusedUnlessItsFolderIsAllowed() throws IOException {
    Path manifest = root.resolve("list.txt");
    Files.writeString(manifest, "a.jpg\n/c/d.jpg\n../x.jpg\ns3a://bucket/e/f.jpg\n");
    String above = Objects.requireNonNull(root.getParent()).toString();
    assertThat(files(Listings.of(SourceFormat.AUTO, manifest)))
        .filteredOn(file -> file.root().refusal() != null)
        .extracting(ImageFile::image, ImageFile::uri)
        .containsExactlyInAnyOrder(
            tuple("/c/d.jpg", "file:/c/d.jpg"),
            tuple("../x.jpg", "file:" + root + "/../x.jpg"),
            tuple("s3a://bucket/e/f.jpg", "s3a://bucket/e/f.jpg"));
    assertThat(files(Listings.of(allowing(manifest, "/c", above))))
        .filteredOn(file -> file.root().refusal() != null)
        .extracting(ImageFile::image)
        .containsExactly("s3a://bucket/e/f.jpg");
  }

  @Test
  void manifestOfNothingThatMayBeReadEndsTheRun() throws IOException {
    Path manifest = root.resolve("list.txt");
    Files.writeString(manifest, "/etc/passwd\nhttp://169.254.169.254/latest/x.jpg\n");
    assertThatThrownBy(() -> Listings.of(SourceFormat.AUTO, manifest))
        .isInstanceOf(UnusableLocationException.class)
        .hasMessage(
            "none of the 2 files of the manifest may be read: nothing was done. 'file:/etc/passwd'"
                + " is not below 'file:%s', where the manifest is: it was not read. If you trust"
                + " the manifest, allow a folder above it by --manifest-root",
            root);
  }

  private static ImageInputs allowing(Path manifest, String... roots) {
    return new ImageInputs(
        List.of(manifest.toString()),
        SourceFormat.AUTO,
        NameFilter.IMAGES,
        InputColumns.USUAL,
        new ManifestSettings(List.of(roots), ','));
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
  void folderOfACsvIsItsParts() throws IOException {
    Path folder = Files.createDirectories(root.resolve("list.csv"));
    Files.writeString(folder.resolve("part-0.csv"), "path\na.jpg\n");
    Files.writeString(folder.resolve("part-1.csv"), "path\nb.jpg\n");
    Files.writeString(folder.resolve("_SUCCESS"), "");
    ImageListing listing = Listings.of(SourceFormat.MANIFEST, folder);
    assertThat(files(listing))
        .extracting(ImageFile::uri)
        .containsExactly("file:" + root + "/a.jpg", "file:" + root + "/b.jpg");
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
