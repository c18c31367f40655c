package org.retinaspark.io.crops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.retinaspark.io.UnusableLocationException;
import org.retinaspark.io.WritePolicy;

/** Crops are there whole or not at all, and nobody's files are touched. */
class CropFolderTest {

  private static final Map<String, String> MANIFEST = Map.of("run", "r");

  @TempDir private Path folder;
  private Path root;
  private CropFolder crops;

  @BeforeEach
  void place() {
    root = folder.resolve("crops");
    crops = CropFolder.of(root.toString(), new Configuration());
  }

  @Test
  void whatTasksWroteIsMerged() throws IOException {
    publish(WritePolicy.CREATE, "a/x~0.jpg", "b/y~0.jpg");
    assertThat(files())
        .containsExactly("_crops.json", "a/x~0.jpg", "b/y~0.jpg", "crops~0.jsonl", "crops~1.jsonl");
    assertThat(Files.readString(root.resolve("_crops.json")))
        .contains("\"run\" : \"r\"", "crops~0.jsonl")
        .doesNotContain("trees", ".jpg");
  }

  @Test
  void oneFolderOfTwoTasksIsOne() throws IOException {
    publish(WritePolicy.CREATE, "a/x~0.jpg", "a/y~0.jpg");
    assertThat(files()).contains("a/x~0.jpg", "a/y~0.jpg");
  }

  @Test
  void whatIsThereIsNotReplacedUnasked() throws IOException {
    publish(WritePolicy.CREATE, "a~0.jpg");
    assertThatThrownBy(() -> crops.requireWritable(WritePolicy.CREATE))
        .isInstanceOf(UnusableLocationException.class)
        .hasMessageContaining("exists already: nothing was done");
  }

  @Test
  void onlyOwnFilesAreReplaced() throws IOException {
    publish(WritePolicy.CREATE, "old/a~0.jpg", "b~0.jpg");
    crops.requireWritable(WritePolicy.OVERWRITE);
    publish(WritePolicy.OVERWRITE, "new/c~0.jpg");
    assertThat(files()).containsExactly("_crops.json", "crops~0.jsonl", "new/c~0.jpg");
    assertThat(root.resolve("old")).doesNotExist();

    Files.writeString(root.resolve("new/mine.txt"), "mine");
    assertThatThrownBy(() -> crops.requireWritable(WritePolicy.OVERWRITE))
        .isInstanceOf(UnusableLocationException.class)
        .hasMessageContaining("'new/mine.txt'")
        .hasMessageContaining("nothing was done");
  }

  @Test
  void foldersOfOthersAreRefused() throws IOException {
    Files.createDirectories(root);
    Files.writeString(root.resolve("part-0.parquet"), "somebody's");
    assertThatThrownBy(() -> crops.requireWritable(WritePolicy.OVERWRITE))
        .isInstanceOf(UnusableLocationException.class)
        .hasMessageContaining("part-0.parquet");
  }

  @Test
  void whatAKilledRunLeftGoes() throws IOException {
    draft("a~0.jpg");
    crops.requireWritable(WritePolicy.OVERWRITE);
    assertThat(files()).isEmpty();
  }

  @Test
  void aPublicationThatWasKilledIsEnded() throws IOException {
    publish(WritePolicy.CREATE, "old/a~0.jpg");
    CropDraft draft = draft("new/b~0.jpg", "new/c~0.jpg");
    // As publish() leaves it when it dies after the first of two trees.
    Path drafted = Path.of(draft.folder().toUri().getPath());
    Files.writeString(
        drafted.resolve("_crops.json"),
        """
        {"run": "second", "files": ["crops~0.jsonl", "crops~1.jsonl"], "draft": "%s",
         "trees": ["task-0", "task-1"]}\
        """
            .formatted(draft.folder().getName()));
    Files.delete(root.resolve("old/a~0.jpg"));
    Files.delete(root.resolve("_crops.json"));
    Files.delete(root.resolve("old"));
    Files.delete(root.resolve("crops~0.jsonl"));
    Files.move(drafted.resolve("task-0/new"), root.resolve("new"));

    crops.requireWritable(WritePolicy.OVERWRITE);

    assertThat(files())
        .containsExactly(
            "_crops.json", "crops~0.jsonl", "crops~1.jsonl", "new/b~0.jpg", "new/c~0.jpg");
    assertThat(Files.readString(root.resolve("_crops.json"))).contains("second");
  }

  @Test
  void aDiscardedDraftLeavesNothing() throws IOException {
    CropDraft draft = draft("a~0.jpg");
    crops.discard(draft.folder());
    assertThat(root).isEmptyDirectory();
  }

  @Test
  void locksAreNoCrops() throws IOException {
    Path lock = Files.createDirectories(root.resolve("_lock")).resolve("000001");
    Files.writeString(lock, "whose it is");
    crops.requireWritable(WritePolicy.CREATE);
    publish(WritePolicy.CREATE, "a~0.jpg");
    crops.requireWritable(WritePolicy.OVERWRITE);
    publish(WritePolicy.OVERWRITE, "b~0.jpg");
    assertThat(files()).contains("_lock/000001", "b~0.jpg").doesNotContain("a~0.jpg");
  }

  @Test
  void listsThatLeadElsewhereAreRefused() throws IOException {
    Path mine = Files.writeString(folder.resolve("mine.txt"), "mine");
    publish(WritePolicy.CREATE, "a~0.jpg");
    for (String name : List.of("../mine.txt", "/etc/x", "a/../../mine.txt")) {
      Files.writeString(root.resolve("crops~0.jsonl"), "{\"file\":\"%s\"}%n".formatted(name));
      assertThatThrownBy(() -> crops.requireWritable(WritePolicy.OVERWRITE))
          .isInstanceOf(UnusableLocationException.class)
          .hasMessageContaining("is no file in it");
    }
    Files.writeString(root.resolve("_crops.json"), "{");
    assertThatThrownBy(() -> crops.requireWritable(WritePolicy.OVERWRITE))
        .isInstanceOf(UnusableLocationException.class)
        .hasMessageContaining("is damaged");
    assertThat(mine).hasContent("mine");
  }

  @Test
  void whatCameMeanwhileStays() throws IOException {
    CropDraft draft = draft("a~0.jpg");
    Files.writeString(root.resolve("other.txt"), "another run's");
    assertThatThrownBy(() -> crops.publish(draft, WritePolicy.CREATE, MANIFEST))
        .isInstanceOf(UnusableLocationException.class)
        .hasMessageContaining("other.txt");
    assertThat(root.resolve("other.txt")).hasContent("another run's");
  }

  private void publish(WritePolicy policy, String... names) throws IOException {
    crops.publish(draft(names), policy, MANIFEST);
  }

  /** A draft with a task a name. */
  private CropDraft draft(String... names) throws IOException {
    org.apache.hadoop.fs.Path place = crops.draft();
    Path drafted = Path.of(place.toUri().getPath());
    for (int task = 0; task < names.length; task++) {
      Path file = drafted.resolve("task-" + task).resolve(names[task]);
      Files.createDirectories(file.getParent());
      Files.writeString(file, names[task]);
      Files.writeString(
          drafted.resolve("task-%d/crops~%d.jsonl".formatted(task, task)),
          "{\"file\":\"%s\"}%n".formatted(names[task]));
    }
    List<String> trees =
        Stream.iterate(0, task -> task < names.length, task -> task + 1)
            .map(task -> "task-" + task)
            .toList();
    return new CropDraft(place, trees, CropCounts.NONE);
  }

  private Set<String> files() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      TreeSet<String> names = new TreeSet<>();
      all.filter(Files::isRegularFile)
          .filter(file -> file.startsWith(root))
          .forEach(file -> names.add(root.relativize(file).toString()));
      return names;
    }
  }
}
