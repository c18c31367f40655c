package org.retinaspark.io.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.retinaspark.io.images.Listings.keys;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.retinaspark.io.UnusableLocationException;
import org.retinaspark.io.folders.PassedOver;

/** Files, folders and globs of a local disk become sorted keys below their root. */
final class ImageListerTest {

  @TempDir private Path root;

  @Test
  void folderIsListedWithAllBelowSortedByKey() throws IOException {
    files("b.jpg", "a/z.png", "a/b/c.jpg", "a.jpg", "C.jpg");
    ImageListing listing = list(root.toString());
    assertThat(keys(listing))
        .containsExactly("C.jpg", "a.jpg", "a/b/c.jpg", "a/z.png", "b.jpg")
        .isSorted();
    assertThat(listing.passedOver()).isEqualTo(PassedOver.NONE);
    assertThat(listing.bytes()).isEqualTo("C.jpga.jpga/b/c.jpga/z.pngb.jpg".length());
  }

  @Test
  void schemeAndTrailingSlashChangeNoKey() throws IOException {
    files("a/b.jpg");
    assertThat(keys(list("file://" + root + "/"))).containsExactly("a/b.jpg");
  }

  @Test
  void fileIsKnownByLengthAndTime() throws IOException {
    files("a/photo.jpg");
    Path file = root.resolve("a/photo.jpg");
    ImageFile image = Listings.files(list(root.toString())).get(0);
    assertThat(image.length()).isEqualTo(Files.size(file));
    assertThat(image.modified()).isEqualTo(Files.getLastModifiedTime(file).toMillis());
    assertThat(image.uri()).isEqualTo("file:" + file);
    assertThat(image.etag()).isNull();
  }

  @Test
  void singleFileIsAnImageWhateverItsName() throws IOException {
    files("a/data.bin", "a/other.jpg");
    assertThat(keys(list(root + "/a/data.bin"))).containsExactly("data.bin");
  }

  @Test
  void globKeepsKeysBelowItsFixedPart() throws IOException {
    files("one/x1.jpg", "one/y1.jpg", "two/x2.jpg", "two/deep/x3.jpg", "x4.jpg");
    assertThat(keys(list(root + "/*/x*.jpg"))).containsExactly("one/x1.jpg", "two/x2.jpg");
  }

  @Test
  void globOfFoldersListsThem() throws IOException {
    files("set1/a.jpg", "set1/deep/b.jpg", "set2/a.jpg", "other/a.jpg", "set1/notes.txt");
    ImageListing listing = list(root + "/set*");
    assertThat(keys(listing)).containsExactly("set1/a.jpg", "set1/deep/b.jpg", "set2/a.jpg");
    assertThat(listing.passedOver().total()).isEqualTo(1);
  }

  @Test
  void globThatMeetsAFileTwiceListsItOnce() throws IOException {
    files("a/b/c.jpg", "a/d.jpg");
    assertThat(keys(list(root + "/{a,a/b}"))).containsExactly("a/b/c.jpg", "a/d.jpg");
  }

  @Test
  void photosAreListedThoughTheirNamesBeginLikeThoseThatHadoopHides() throws IOException {
    files("_MG_1.JPG", ".c.jpg", "_folder/d.jpg", ".git/e.jpg", "f/_g/h.jpg", "_SUCCESS");
    files("_temporary/0/a.jpg", "._a.jpg", ".a.jpg.crc", "_chunks/b.jpg", "notes.txt");
    ImageListing listing = list(root.toString());
    assertThat(keys(listing))
        .containsExactly(".c.jpg", ".git/e.jpg", "_MG_1.JPG", "_folder/d.jpg", "f/_g/h.jpg");
    assertThat(listing.passedOver())
        .hasToString(
            "6 passed over (names that end otherwise: .txt 1; what tables keep beside their data:"
                + " 4, such as '.a.jpg.crc', '_SUCCESS', '_chunks/b.jpg'; what operating systems"
                + " keep beside photos: 1, such as '._a.jpg')");
    assertThat(listing.passedOver().byLabel())
        .isEqualTo(Map.of("ending", 1L, "table", 4L, "system", 1L));
  }

  @Test
  void hiddenRootThatTheUserNamesIsListed() throws IOException {
    files("_photos/.set/a.jpg");
    assertThat(keys(list(root + "/_photos/.set"))).containsExactly("a.jpg");
  }

  @Test
  void extensionsCountWithoutCase() throws IOException {
    files("a.JPG", "b.Jpeg", "c.txt", "d", "e.json", "f.PNG");
    ImageListing listing = list(root.toString());
    assertThat(keys(listing)).containsExactly("a.JPG", "b.Jpeg", "f.PNG");
    assertThat(listing.passedOver().total()).isEqualTo(3);
  }

  @Test
  void otherExtensionsAndAny() throws IOException {
    files("a.raw", "b.jpg", "c");
    assertThat(keys(list(new NameFilter(Set.of("raw")), root.toString()))).containsExactly("a.raw");
    assertThat(keys(list(NameFilter.ANY, root.toString()))).containsExactly("a.raw", "b.jpg", "c");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a b.jpg",
        "a%20b.jpg",
        "größe 日本.jpg",
        "a[1].jpg",
        "a{b,c}.jpg",
        "a+b&c=d.jpg",
        "a#b?c.jpg",
        "a*b.jpg",
        "a:b.jpg",
        "a%b.jpg",
        "a%2Fb.jpg",
        "a\\b.jpg",
        "a'b\"c.jpg"
      })
  void oddNamesAreKeptAsTheyAre(String name) throws IOException {
    files("folder " + name + "/" + name);
    ImageFile image = Listings.files(list(root.toString())).get(0);
    assertThat(image.image()).isEqualTo("folder " + name + "/" + name);
    assertThat(image.uri()).isEqualTo("file:" + root + "/folder " + name + "/" + name);
    assertThat(keys(list(root + "/folder " + name))).containsExactly(name);
    assertThat(keys(list(root + "/folder " + name + "/" + name))).containsExactly(name);
  }

  @Test
  void missingPlaceIsNamed() {
    assertThatThrownBy(() -> list(root + "/absent"))
        .isInstanceOf(UnusableLocationException.class)
        .hasMessage(
            "input '%s/absent' can't be listed (there is no such file or folder, and no match for a"
                + " glob): nothing was read. Check the path and the access to it",
            root);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a[b", "a{b", "x/[z-a]"})
  void globThatIsNoneIsNamed(String glob) {
    assertThatThrownBy(() -> list(root + "/" + glob))
        .isInstanceOf(UnusableLocationException.class)
        .hasMessageStartingWith("input '" + root + "/" + glob + "' can't be listed (")
        .hasMessageContaining("nothing was read");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "nosuchscheme://host/photos"})
  void unusablePathIsNamed(String input) {
    assertThatThrownBy(() -> list(input))
        .isInstanceOf(UnusableLocationException.class)
        .hasMessageStartingWith("input '" + input + "' can't be listed (");
  }

  @Test
  void folderWithoutImagesTellsWhatWasPassedOver() throws IOException {
    files("a.txt", "b.csv");
    assertThatThrownBy(() -> list(new NameFilter(Set.of("jpg", "bmp")), root.toString()))
        .isInstanceOf(UnusableLocationException.class)
        .hasMessage(
            "input '%s' has no images: nothing was done. Files there: 2 passed over (names that end"
                + " otherwise: .csv 1, .txt 1). Here names that end in one of bmp, jpg count;"
                + " --extensions takes others, --any-name all, and --input-format other things than"
                + " images",
            root);
  }

  @Test
  void emptyFolderHasNoImages() {
    assertThatThrownBy(() -> list(root.toString()))
        .isInstanceOf(UnusableLocationException.class)
        .hasMessageStartingWith(
            "input '" + root + "' has no images: nothing was done. Files there: none passed over");
  }

  @Test
  void severalInputsHaveKeysBelowEach() throws IOException {
    files("one/a/x.jpg", "two/y.jpg", "z.jpg");
    ImageListing listing =
        Listings.of(SourceFormat.AUTO, root.resolve("one"), root.resolve("two"), root + "/z.jpg");
    assertThat(keys(listing)).containsExactly("a/x.jpg", "y.jpg", "z.jpg");
    assertThat(listing.images()).hasValue(3);
  }

  @Test
  void keysThatTwoInputsGiveAreNamed() throws IOException {
    files("one/a.jpg", "two/a.jpg", "two/b.jpg");
    assertThatThrownBy(
            () -> Listings.of(SourceFormat.AUTO, root.resolve("one"), root.resolve("two")))
        .isInstanceOf(UnusableLocationException.class)
        .hasMessage(
            "the inputs give 1 keys more than once: 'a.jpg' (file:%s/one/a.jpg and"
                + " file:%s/two/a.jpg). Nothing was read, since rows could not be told apart. Give"
                + " a folder above them as one --input, or name each image once",
            root, root);
  }

  @Test
  void archivesAreLeftOutWhereImagesLie() throws IOException {
    files("a.jpg", "b.tar", "c/d.zip");
    ImageListing listing = list(root.toString());
    assertThat(keys(listing)).containsExactly("a.jpg");
    assertThat(listing.passedOver().doubtful())
        .hasToString(
            "2 passed over (archives beside loose images, for --input-format tar or zip to read:"
                + " 2)");
  }

  @Test
  void archivesAreUnitsWhereNoImageLies() throws IOException {
    files("a.tar", "b.TGZ", "c/d.tar.gz", "e.zip", "f.txt");
    ImageListing listing = list(root.toString());
    assertThat(keys(listing)).containsExactly("a.tar", "b.TGZ", "c/d.tar.gz", "e.zip");
    assertThat(Listings.files(listing))
        .extracting(file -> file.root().format())
        .containsExactly(FileFormat.TAR, FileFormat.TAR, FileFormat.TAR, FileFormat.ZIP);
    assertThat(listing.images()).isEmpty();
    assertThat(listing.passedOver().total()).isEqualTo(1);
  }

  @Test
  void formatSaysWhichFilesCount() throws IOException {
    files("a.jpg", "b.tar", "c.zip", "odd.bin");
    assertThat(keys(Listings.of(SourceFormat.FILES, root))).containsExactly("a.jpg");
    assertThat(keys(Listings.of(SourceFormat.TAR, root))).containsExactly("b.tar");
    assertThat(keys(Listings.of(SourceFormat.ZIP, root))).containsExactly("c.zip");
    ImageFile odd = Listings.files(Listings.of(SourceFormat.TAR, root.resolve("odd.bin"))).get(0);
    assertThat(odd.root().format()).isEqualTo(FileFormat.TAR);
  }

  @Test
  void folderWithoutTheFormatTellsWhatCounts() throws IOException {
    files("a.jpg");
    assertThatThrownBy(() -> Listings.of(SourceFormat.TAR, root))
        .hasMessageEndingWith(
            "1 passed over (names that end otherwise: .jpg 1). Here names that end in .tar, .tar.gz"
                + " or .tgz count under --input-format tar");
  }

  @Test
  void parquetFileMustBeSaidToBeOneOrTheOther() throws IOException {
    files("a.parquet");
    assertThatThrownBy(() -> list(root + "/a.parquet"))
        .isInstanceOf(UnusableLocationException.class)
        .hasMessageContaining("may name images or hold them")
        .hasMessageContaining("--input-format manifest or --input-format parquet");
  }

  private static ImageListing list(String input) {
    return list(NameFilter.IMAGES, input);
  }

  private static ImageListing list(NameFilter filter, String input) {
    return Listings.of(SourceFormat.AUTO, filter, InputColumns.USUAL, input);
  }

  /** Files whose content is their own name. */
  private void files(String... names) throws IOException {
    for (String name : names) {
      Path file = root.resolve(name);
      Files.createDirectories(root.resolve(name + "/..").normalize());
      Files.writeString(file, name);
    }
  }
}
