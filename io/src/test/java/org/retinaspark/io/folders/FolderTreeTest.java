package org.retinaspark.io.folders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.security.AccessControlException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.retinaspark.io.images.FaultyFileSystem;

/** Every file below a folder is met once, with few requests. */
final class FolderTreeTest {

  private static final String[] NAMES = {
    "a.jpg", "b/c.jpg", "b/d/e.jpg", "f/g/h/i.jpg", "_g/j.jpg", "b/.h/k.jpg"
  };

  @TempDir private Path root;
  private Configuration hadoop;

  @BeforeEach
  void prepare() throws IOException {
    hadoop = FaultyFileSystem.install(new Configuration());
    for (String name : NAMES) {
      Files.createDirectories(root.resolve(name).getParent());
      Files.writeString(root.resolve(name), name);
    }
  }

  @Test
  void foldersAreListedOneByOne() throws IOException {
    assertThat(visit()).containsExactlyInAnyOrder(NAMES);
    assertThat(FaultyFileSystem.FOLDERS_LISTED).hasValue(8);
    assertThat(FaultyFileSystem.TREES_LISTED).hasValue(0);
  }

  @Test
  void storeListsATreeForEachFolderOfTheRoot() throws IOException {
    FaultyFileSystem.pretendStore();
    assertThat(visit()).containsExactlyInAnyOrder(NAMES);
    assertThat(FaultyFileSystem.TREES_LISTED).hasValue(3);
  }

  @Test
  void storeListsOneTreeWhereTheRootHasManyFolders() throws IOException {
    for (int index = 0; index < 300; index++) {
      Files.createDirectories(root.resolve("many" + index));
      Files.writeString(root.resolve("many" + index + "/a.jpg"), "a");
    }
    FaultyFileSystem.pretendStore();
    assertThat(visit()).hasSize(306).contains("a.jpg", "many0/a.jpg", "many299/a.jpg");
    assertThat(FaultyFileSystem.TREES_LISTED).hasValue(1);
  }

  @Test
  void folderThatMayNotBeListedOrIsGoneIsCounted() throws IOException {
    FaultyFileSystem.hide("d", "g");
    assertThat(visit())
        .containsExactlyInAnyOrder(
            "a.jpg",
            "b/c.jpg",
            "b/d/ unreadable_folder",
            "f/g/ vanished",
            "_g/j.jpg",
            "b/.h/k.jpg");
  }

  @Test
  void rootThatMayNotBeListedIsAFailure() {
    FaultyFileSystem.hide(root.getFileName().toString(), "");
    assertThatThrownBy(this::visit)
        .isInstanceOf(AccessControlException.class)
        .hasMessageContaining("Permission denied");
  }

  @Test
  void failureIsTold() {
    root = root.resolve("absent");
    assertThatThrownBy(this::visit).isInstanceOf(FileNotFoundException.class);
  }

  private record Met(Set<String> paths) implements FolderTree.Visitor {

    @Override
    public void accept(FoundFile file) {
      assertThat(paths.add(file.path())).isTrue();
    }

    @Override
    public void passOver(PassedOver.Reason reason, String path) {
      assertThat(paths.add(path + " " + reason.label())).isTrue();
    }
  }

  private Set<String> visit() throws IOException {
    org.apache.hadoop.fs.Path folder = new org.apache.hadoop.fs.Path("faulty:" + root);
    Set<String> met = new ConcurrentSkipListSet<>();
    FileSystem files = folder.getFileSystem(hadoop);
    FolderTree.visit(files, folder, List.of(folder), new Met(met));
    return met;
  }
}
