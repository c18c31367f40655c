package org.retinaspark.io.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.retinaspark.io.reading.Tars.Item.file;
import static org.retinaspark.io.reading.Tars.Item.hard;
import static org.retinaspark.io.reading.Tars.Item.symbolic;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.retinaspark.io.folders.PassedOver.Reason;
import org.retinaspark.io.images.FaultyFileSystem;

/** Links in tars: each has the content of what it leads to, or is a failure that says so. */
@SuppressWarnings("NullAway.Init")
final class TarLinksTest {

  @TempDir private Path folder;
  private OpenArchive archive;

  @BeforeEach
  void open() {
    archive = OpenArchive.in(folder);
  }

  @ParameterizedTest
  @ValueSource(strings = {"t.tar", "t.tgz"})
  void linksHaveTheContentOfWhatTheyLeadTo(String name) throws IOException {
    byte[] tar =
        Tars.of(
            symbolic("early.jpg", "p/one.jpg"),
            file("p/one.jpg", "ONE"),
            file("blob", "BLOB"),
            hard("p/hard.jpg", "p/one.jpg"),
            symbolic("p/up.jpg", "../two.jpg"),
            symbolic("chain.jpg", "p/./up.jpg"),
            symbolic("absolute.jpg", "/p/one.jpg"),
            symbolic("of-blob.jpg", "blob"),
            symbolic("loop.jpg", "pool.jpg"),
            symbolic("pool.jpg", "loop.jpg"),
            symbolic("out.jpg", "../../two.jpg"),
            symbolic("gone.jpg", "nowhere.jpg"),
            hard("hardly.jpg", "nowhere.jpg"),
            symbolic("q", "p"),
            symbolic("over-folder.jpg", "q/one.jpg"),
            symbolic("to-folder.jpg", "p"),
            symbolic("notes.txt", "p/one.jpg"),
            file("two.jpg", "TWO"));
    List<String> rows = archive.rows(name, name.equals("t.tgz") ? Tars.gzip(tar) : tar);
    assertThat(rows.stream().filter(row -> row.contains("=")))
        .containsExactlyInAnyOrder(
            name + "/p/one.jpg=ONE",
            name + "/two.jpg=TWO",
            name + "/early.jpg=ONE",
            name + "/p/hard.jpg=ONE",
            name + "/p/up.jpg=TWO",
            name + "/chain.jpg=TWO",
            name + "/absolute.jpg=ONE",
            name + "/of-blob.jpg=BLOB",
            name + "/over-folder.jpg=ONE");
    assertThat(
            rows.stream()
                .filter(row -> !row.contains("="))
                .map(row -> row.replaceAll("'file.*'", "")))
        .containsExactlyInAnyOrder(
            failed(name, "loop.jpg", "pool.jpg", "leads in a circle"),
            failed(name, "pool.jpg", "loop.jpg", "leads in a circle"),
            failed(name, "out.jpg", "../../two.jpg", "leads out of the archive"),
            failed(name, "gone.jpg", "nowhere.jpg", "is no file of the archive"),
            failed(name, "hardly.jpg", "nowhere.jpg", "is no file of the archive"),
            failed(name, "to-folder.jpg", "p", "is no file of the archive"));
    assertThat(archive.passedOver().value().counts())
        .containsExactly(Map.entry(Reason.ENDING, 3L)); // blob, q and notes.txt
  }

  private String failed(String archive, String link, String target, String reason) {
    return "%s/%s: FileNotFoundException '%s' of 'file:%s/%s' is a link to '%s', which %s"
        .formatted(archive, link, link, folder, archive, target, reason)
        .replaceAll("'file.*'", "");
  }

  @Test
  void hardLinkIsToTheLastFileBeforeIt() throws IOException {
    assertThat(
            archive.rows(
                "t.tar",
                Tars.of(
                    file("a.jpg", "1"),
                    file("a.jpg", "2"),
                    hard("b.jpg", "a.jpg"),
                    symbolic("c.jpg", "a.jpg"),
                    file("a.jpg", "3"))))
        .contains("t.tar/b.jpg=2", "t.tar/c.jpg=3");
  }

  @Test
  void linksOfACutTarAreFollowedToo() throws IOException {
    byte[] tar = Tars.of(file("a.jpg", "A"), hard("b.jpg", "a.jpg"), file("c.jpg", "C"));
    assertThat(archive.rows("t.tar", Arrays.copyOf(tar, 512 * 4)))
        .hasSize(3)
        .startsWith("t.tar/a.jpg=A", "t.tar/b.jpg=A")
        .last()
        .asString()
        .startsWith("t.tar: EOFException");
  }

  @Test
  void linksCostOneMoreRequest() throws IOException {
    Configuration hadoop = FaultyFileSystem.install(new Configuration());
    OpenArchive store = archive.over("faulty:", hadoop);
    byte[] tar =
        Tars.of(
            file("a.jpg", "A"), file("b.jpg", "B"), hard("c.jpg", "b.jpg"), hard("d.jpg", "a.jpg"));
    assertThat(store.rows("t.tar", tar)).hasSize(4);
    assertThat(FaultyFileSystem.OPENED).hasValue(1); // it can seek
  }
}
