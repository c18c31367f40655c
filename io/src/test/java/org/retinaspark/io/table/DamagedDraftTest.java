package org.retinaspark.io.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.retinaspark.io.UnusableLocationException;
import org.retinaspark.io.table.TableDraft.Damage;

/**
 * Whatever becomes of a file of an unfinished run: resumed, it gives the table of an undisturbed
 * run. The drafts are made once, and copied for each damage.
 */
class DamagedDraftTest {

  /** Of all damages one in so many is tried, in turn; 1 takes minutes. */
  private static final int STEP = Integer.getInteger("retinaspark.test.step", 4);

  @TempDir private static Path folder;
  private static List<String> expected = List.of();
  private static List<String> oldParts = List.of();

  @BeforeAll
  static void prepare() throws IOException {
    Path chunks = folder.resolve("chunks");
    oldParts = SmallRun.beginOverATable(chunks);
    Files.writeString(
        Files.createDirectories(chunks.resolve("_chunks/_notes")).resolve("003-7.json"), "[\"a\"]");

    Path whole = copy(chunks, "whole");
    SmallRun.resume(whole);
    expected = SmallRun.rows(whole);
    assertThat(expected).hasSize(8);

    Path publishing = copy(chunks, "publishing");
    SmallRun.with(
        publishing,
        TablePolicy.RETRY_FAILED,
        draft -> {
          SmallRun.doRest(draft);
          draft.publish(SmallRun.FILES);
        });

    Path published = copy(publishing, "published");
    TableLocation table = SmallRun.location(published);
    for (var mark : List.of(table.paths().publishedCopy(), table.paths().published())) {
      new JsonFile(table.files(), mark).write(Map.of("made", "new"));
    }
  }

  /** After any damage a unit has the rows that it had, or counts as not done. */
  @Test
  void onlyWholeUnitsCount() throws IOException {
    Set<String> right = Set.copyOf(SmallRun.json(SmallRun.images(SmallRun.INPUT.keySet())));
    Path draft = folder.resolve("chunks");
    List<String> failures = new ArrayList<>();
    int turn = 0;
    for (String file : files(draft)) {
      if (file.contains("_SUCCESS") || file.contains("/.") || file.contains("_notes")) {
        continue;
      }
      for (var harm : FileDamage.harms(Files.size(draft.resolve(file))).entrySet()) {
        if (turn++ % STEP != 0) {
          continue;
        }
        Path damaged = copy(draft, "damaged");
        harm.getValue().to(damaged.resolve(file));
        try {
          SmallRun.with(
              damaged,
              TablePolicy.RESUME,
              opened -> {
                Dataset<Row> rows = opened.rows().orElseThrow();
                List<Row> good = rows.where("status = 'ok'").collectAsList();
                List<String> done =
                    DoneUnits.of(rows).where("not failed").collectAsList().stream()
                        .map(unit -> unit.getString(0))
                        .toList();
                if (good.size() < SmallRun.images(done).size()
                    || !right.containsAll(SmallRun.json(good))) {
                  failures.add("%s %s: %s".formatted(file, harm.getKey(), good));
                }
              });
        } catch (Exception | Error failure) {
          failures.add("%s %s: %s".formatted(file, harm.getKey(), failure));
        }
      }
    }
    assertThat(failures).isEmpty();
  }

  /** Files and kinds of damage in turn; where a run died at its end, its marks too. */
  @ParameterizedTest
  @ValueSource(strings = {"chunks", "publishing", "published"})
  void resumedTableIsThatOfAnUndisturbedRun(String state) throws IOException {
    Path draft = folder.resolve(state);
    List<String> common = state.equals("chunks") ? List.of() : files(folder.resolve("chunks"));
    List<String> failures = new ArrayList<>();
    int kind = 0;
    int turn = state.length();
    for (String file : files(draft)) {
      // From the mark on, the files in the table's folder are the table.
      boolean table = state.equals("published") && file.startsWith("part-");
      if (!common.contains(file) && !table && turn++ % STEP == 0) {
        var harms = List.copyOf(FileDamage.harms(Files.size(draft.resolve(file))).entrySet());
        var harm = harms.get(kind++ % harms.size());
        Path damaged = copy(draft, "damaged");
        harm.getValue().to(damaged.resolve(file));
        try {
          SmallRun.resume(damaged);
          if (!SmallRun.rows(damaged).equals(expected)) {
            failures.add("%s %s: %s".formatted(file, harm.getKey(), SmallRun.rows(damaged)));
          }
        } catch (Exception | Error failure) {
          failures.add("%s %s: %s".formatted(file, harm.getKey(), failure));
        }
      }
    }
    assertThat(failures).isEmpty();
  }

  @Test
  void wholeFoldersAreDoneAgain() throws IOException {
    for (String part :
        List.of(
            "_chunks/001-000001",
            "_chunks/001-000002",
            "_chunks/002-000001",
            "_chunks/_replaced-001",
            "_chunks/_replaced-002",
            "_chunks/_notes")) {
      Path damaged = copy(folder.resolve("chunks"), "damaged");
      FileDamage.Harm harm = part.endsWith("1") ? FileDamage::delete : FileDamage::makeFile;
      harm.to(damaged.resolve(part));
      SmallRun.resume(damaged);
      assertThat(SmallRun.rows(damaged)).as(part).isEqualTo(expected);
    }
  }

  @Test
  void damageIsToldWithItsReason() throws IOException {
    Path damaged = copy(folder.resolve("chunks"), "damaged");
    for (Path part : SmallRun.partFiles(damaged.resolve("_chunks/002-000001"))) {
      FileDamage.delete(part);
    }
    Path commit = damaged.resolve("_chunks/001-000001.json.gz");
    Files.write(commit, Arrays.copyOf(Files.readAllBytes(commit), 40));
    List<Damage> found = new ArrayList<>();
    // Two processes later it is still known.
    SmallRun.with(damaged, TablePolicy.RETRY_FAILED, SmallRun::doRest);
    SmallRun.with(damaged, TablePolicy.RESUME, draft -> found.addAll(draft.damaged()));
    assertThat(found)
        .containsExactlyInAnyOrder(
            new Damage(
                "001-000001.json.gz", "it is not whole: Unexpected end of ZLIB input stream"),
            new Damage("002-000001", "0 of its 3 rows are there"));
  }

  @Test
  void withoutSettingsARunBeginsAgainOrIsRefused() throws IOException {
    Path over = copy(folder.resolve("chunks"), "over");
    List<Path> sessions =
        files(over).stream().filter(name -> name.contains("_session")).map(over::resolve).toList();
    for (Path session : sessions) {
      Files.write(session, new byte[0]);
    }
    assertThatThrownBy(() -> SmallRun.resume(over))
        .isInstanceOf(UnusableLocationException.class)
        .hasMessageContaining("_session-001.json.gz': it is not whole")
        .hasMessageContaining("nobody knows which files of the table there were to stay")
        .hasMessageContaining("--overwrite")
        .hasMessageContaining("delete '");
    for (String part : oldParts) {
      FileDamage.delete(over.resolve(part));
    }
    SmallRun.with(
        over,
        TablePolicy.RETRY_FAILED,
        draft -> assertThat(draft.doneUnits()).as("nothing of it counts").isEmpty());
    SmallRun.resume(over);
    assertThat(SmallRun.rows(over)).isEqualTo(expected);
  }

  @Test
  void imagesOfALostFileOfTheOldTableAreDoneAgain() throws IOException {
    Path damaged = copy(folder.resolve("chunks"), "damaged");
    FileDamage.delete(damaged.resolve(oldParts.get(0)));
    SmallRun.resume(damaged);
    assertThat(SmallRun.rows(damaged)).isEqualTo(expected);
  }

  @Test
  void unreadableFileOfTheOldTableIsNamed() throws IOException {
    Path damaged = copy(folder.resolve("chunks"), "damaged");
    Path part = damaged.resolve(oldParts.get(0));
    Files.write(part, Arrays.copyOf(Files.readAllBytes(part), 100));
    assertThatThrownBy(() -> SmallRun.resume(damaged))
        .satisfies(
            failure ->
                assertThat(DamagedRows.in(failure).orElseThrow())
                    .hasMessageContaining(oldParts.get(0) + "' can't be read (")
                    .hasMessageContaining("Restore the file"));
  }

  /** All files of the run, below its folder; the old table's are no part of it. */
  private static List<String> files(Path output) throws IOException {
    try (Stream<Path> files = Files.walk(output)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> output.relativize(file).toString())
          .filter(name -> !oldParts.contains(name) && !name.equals("_run.json"))
          .sorted()
          .toList();
    }
  }

  private static Path copy(Path from, String name) throws IOException {
    Path to = folder.resolve(name);
    FileDamage.delete(to);
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
    return to;
  }
}
