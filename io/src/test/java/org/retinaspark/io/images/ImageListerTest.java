package org.retinaspark.io.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.retinaspark.io.UnusableLocationException;

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
    assertThat(listing.passedOver()).isZero();
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
    ImageFile image = list(root.toString()).images().get(0);
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
    assertThat(listing.passedOver()).isEqualTo(1);
  }

  @Test
  void globThatMeetsAFileTwiceListsItOnce() throws IOException {
    files("a/b/c.jpg", "a/d.jpg");
    assertThat(keys(list(root + "/{a,a/b}"))).containsExactly("a/b/c.jpg", "a/d.jpg");
  }

  @Test
  void hiddenNamesAreSkippedAndNotCounted() throws IOException {
    files("a.jpg", "_b.jpg", ".c.jpg", "_folder/d.jpg", ".git/e.jpg", "f/_g/h.jpg", "f/i_.jpg");
    ImageListing listing = list(root.toString());
    assertThat(keys(listing)).containsExactly("a.jpg", "f/i_.jpg");
    assertThat(listing.passedOver()).isZero();
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
    assertThat(listing.passedOver()).isEqualTo(3);
  }

  @Test
  void otherExtensionsAndAny() throws IOException {
    files("a.raw", "b.jpg", "c");
    assertThat(keys(lister(new NameFilter(Set.of("raw"))).list(root.toString())))
        .containsExactly("a.raw");
    assertThat(keys(lister(NameFilter.ANY).list(root.toString())))
        .containsExactly("a.raw", "b.jpg", "c");
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
        "a*b.jpg"
      })
  void oddNamesAreKeptAsTheyAre(String name) throws IOException {
    files("folder " + name + "/" + name);
    ImageFile image = list(root.toString()).images().get(0);
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
  @ValueSource(strings = {"", "nosuchscheme://host/photos"})
  void unusablePathIsNamed(String input) {
    assertThatThrownBy(() -> list(input))
        .isInstanceOf(UnusableLocationException.class)
        .hasMessageStartingWith("input '" + input + "' can't be listed (");
  }

  @Test
  void folderWithoutImagesTellsWhatWasPassedOver() throws IOException {
    files("a.txt", "b.csv");
    assertThatThrownBy(() -> lister(new NameFilter(Set.of("jpg", "bmp"))).list(root.toString()))
        .isInstanceOf(UnusableLocationException.class)
        .hasMessage(
            "input '%s' has no images: nothing was done. 2 files were passed over, since only names"
                + " that end in one of bmp, jpg count; --extensions takes others, or 'any'",
            root);
  }

  @Test
  void emptyFolderHasNoImages() {
    assertThatThrownBy(() -> list(root.toString()))
        .isInstanceOf(UnusableLocationException.class)
        .hasMessageStartingWith("input '" + root + "' has no images: nothing was done. 0 files");
  }

  private ImageListing list(String input) {
    return lister(NameFilter.IMAGES).list(input);
  }

  private static ImageLister lister(NameFilter filter) {
    return new ImageLister(new Configuration(), filter);
  }

  private static List<String> keys(ImageListing listing) {
    return listing.images().stream().map(ImageFile::image).toList();
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
