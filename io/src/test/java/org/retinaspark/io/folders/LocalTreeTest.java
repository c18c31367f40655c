package org.retinaspark.io.folders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.retinaspark.io.images.Listings.keys;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.retinaspark.io.UnusableLocationException;
import org.retinaspark.io.images.ImageFile;
import org.retinaspark.io.images.ImageListing;
import org.retinaspark.io.images.Listings;
import org.retinaspark.io.images.SourceFormat;

/** On a local disk nothing vanishes, and nothing is listed without end. */
final class LocalTreeTest {

  @TempDir private Path temporary;
  private Path root;

  @BeforeEach
  void prepare() throws IOException {
    root = Files.createDirectory(temporary.resolve("photos"));
  }

  @AfterEach
  void letTheFolderBeDeleted() throws IOException {
    Path locked = root.resolve("locked");
    if (Files.isDirectory(locked)) {
      Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("rwx------"));
    }
  }

  @Test
  void loopsEndAndEachFolderIsListedOnce() throws IOException {
    files("a/one.jpg", "b/c/two.jpg", "three.jpg");
    link("loop", ".");
    link("a/up", "..");
    link("b/other", "../a");
    link("b/c/self", "../c");
    ImageListing listing = list();
    assertThat(keys(listing)).containsExactly("a/one.jpg", "b/c/two.jpg", "three.jpg");
    assertThat(listing.passedOver().byLabel()).isEqualTo(Map.of("linked_folder", 4L));
  }

  @Test
  void linksThatLeadToEachOtherAreFilesThatCannotBeRead() throws IOException {
    files("one.jpg");
    link("x.jpg", "y.jpg");
    link("y.jpg", "x.jpg");
    link("itself", "itself");
    ImageListing listing = list();
    assertThat(keys(listing)).containsExactly("one.jpg", "x.jpg", "y.jpg");
    assertThat(Listings.files(listing).get(1).length()).isEqualTo(ImageFile.UNKNOWN);
    assertThat(listing.bytes()).isEqualTo("one.jpg".length());
    assertThat(listing.passedOver().byLabel()).isEqualTo(Map.of("ending", 1L));
  }

  @Test
  void foldersElsewhereThatLinksLeadToAreListedOnceByTheFirstPath() throws IOException {
    files("one.jpg", "../disk/x/two.jpg", "../disk/x/y/three.jpg");
    link("b", temporary.resolve("disk/x").toString());
    link("a", temporary.resolve("disk/x").toString());
    link("c", temporary.resolve("disk/x/y").toString());
    link("../disk/x/back", root.toString());
    ImageListing listing = list();
    assertThat(keys(listing)).containsExactly("a/two.jpg", "a/y/three.jpg", "one.jpg");
    assertThat(listing.passedOver().examples().get(PassedOver.Reason.LINKED_FOLDER))
        .containsExactly("a/back/", "b/", "c/");
  }

  @Test
  void linkToAFolderAboveListsTheRestOfItOnce() throws IOException {
    files("one.jpg", "../two.jpg");
    link("up", "..");
    ImageListing listing = list();
    assertThat(keys(listing)).containsExactly("one.jpg", "up/two.jpg");
    assertThat(listing.passedOver().examples().get(PassedOver.Reason.LINKED_FOLDER))
        .containsExactly("up/photos");
  }

  @Test
  void globOfFoldersListsEachOnceToo() throws IOException {
    files("a/one.jpg", "b/two.jpg");
    link("a2", "a");
    link("a/loop", "../b");
    ImageListing listing = list(root + "/*");
    assertThat(keys(listing)).containsExactly("a/one.jpg", "b/two.jpg");
    assertThat(listing.passedOver().byLabel()).isEqualTo(Map.of("linked_folder", 2L));
  }

  @Test
  void linkThatTheUserNamesIsFollowed() throws IOException {
    files("a/one.jpg");
    link("../alias", "photos");
    assertThat(keys(list(temporary + "/alias"))).containsExactly("a/one.jpg");
    assertThat(keys(list(temporary + "/alias/*"))).containsExactly("a/one.jpg");
  }

  @Test
  void fileOfTwoNamesHasTwoRows() throws IOException {
    files("one.jpg");
    link("two.jpg", "one.jpg");
    Files.createLink(root.resolve("three.jpg"), root.resolve("one.jpg"));
    assertThat(keys(list())).containsExactly("one.jpg", "three.jpg", "two.jpg");
    assertThat(list().bytes()).isEqualTo(3L * "one.jpg".length());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/*", "/*.jpg", "/{one,lost}.jpg"})
  void linkThatLeadsNowhereIsAFileIfItHasAnImagesName(String glob) throws IOException {
    files("one.jpg");
    link("lost.jpg", "nowhere.jpg");
    assertThat(keys(list(root + glob))).containsExactly("lost.jpg", "one.jpg");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/*"})
  void pipesAreCountedAndNotOpened(String glob) throws Exception {
    files("one.jpg");
    shell("mkfifo pipe.jpg");
    link("way.jpg", "pipe.jpg");
    ImageListing listing = list(root + glob);
    assertThat(keys(listing)).containsExactly("one.jpg");
    assertThat(listing.passedOver().byLabel()).isEqualTo(Map.of("special", 2L));
    assertThatThrownBy(() -> list(root + "/pipe.jpg"))
        .isInstanceOf(UnusableLocationException.class)
        .hasMessageContaining("1 passed over (pipes, sockets and devices: 1, such as 'pipe.jpg')");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/*", "/*/*"})
  void namesThatAreNoTextAreCounted(String glob) throws Exception {
    files("folder/größe.jpg");
    shell("printf x > \"$(printf 'folder/gr\\366\\337e.jpg')\"");
    shell("mkdir \"$(printf '\\344')\" && printf x > \"$(printf '\\344/a.jpg')\"");
    ImageListing listing = list(root + glob);
    assertThat(keys(listing)).containsExactly("folder/größe.jpg");
    assertThat(listing.passedOver().counts().keySet())
        .containsExactly(PassedOver.Reason.UNDECODABLE_NAME);
    assertThat(listing.passedOver().doubtful()).isEqualTo(listing.passedOver());
  }

  @Test
  void replacementCharacterMayBeInAName() throws IOException {
    files("a\uFFFDb.jpg");
    assertThat(keys(list())).containsExactly("a\uFFFDb.jpg");
  }

  @Test
  void foldersThatMayNotBeReadAreCounted() throws IOException {
    files("one.jpg", "locked/two.jpg");
    lock("-wx------");
    ImageListing listing = list();
    assertThat(keys(listing)).containsExactly("one.jpg");
    assertThat(listing.passedOver())
        .hasToString("1 passed over (folders that may not be listed: 1, such as 'locked/')");
    assertThatThrownBy(() -> list(root + "/locked"))
        .isInstanceOf(UnusableLocationException.class)
        .hasMessageContaining("can't be listed (permission denied: " + root);
  }

  @Test
  void filesOfAFolderWhoseNamesAloneMayBeReadAreListed() throws IOException {
    files("one.jpg", "locked/two.jpg", "locked/notes.txt");
    lock("rw-------");
    assertThat(keys(list())).containsExactly("locked/two.jpg", "one.jpg");
    assertThat(list().passedOver().byLabel()).isEqualTo(Map.of("ending", 1L));
  }

  private void lock(String rights) throws IOException {
    Path locked = root.resolve("locked");
    Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString(rights));
    assumeTrue(
        !Files.isReadable(locked) || !Files.isExecutable(locked), "rights don't bind this user");
  }

  private ImageListing list() {
    return list(root.toString());
  }

  private static ImageListing list(String location) {
    return Listings.of(SourceFormat.AUTO, location);
  }

  private void link(String name, String target) throws IOException {
    Files.createSymbolicLink(root.resolve(name), Path.of(target));
  }

  private void shell(String command) throws Exception {
    Process process =
        new ProcessBuilder(List.of("sh", "-c", command)).directory(root.toFile()).start();
    assumeTrue(process.waitFor() == 0, "the system can't make this file");
  }

  private void files(String... names) throws IOException {
    for (String name : names) {
      Path file = root.resolve(name).normalize();
      Files.createDirectories(file.resolveSibling(""));
      Files.writeString(file, name);
    }
  }
}
