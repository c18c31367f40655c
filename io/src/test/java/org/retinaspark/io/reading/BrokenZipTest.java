package org.retinaspark.io.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.retinaspark.io.reading.Tars.joined;
import static org.retinaspark.io.reading.Zips.item;
import static org.retinaspark.io.reading.Zips.with;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Zips that are damaged, cut or made to deceive: what is whole is read, and the rest is told. */
@SuppressWarnings("NullAway.Init")
final class BrokenZipTest {

  @TempDir private Path folder;
  private OpenArchive archive;

  @BeforeEach
  void open() {
    archive = OpenArchive.in(folder);
  }

  /** The one row of a member that was changed, between two that were not. */
  private String changed(Consumer<Zips.Item> change) throws IOException {
    List<String> rows =
        archive.rows(
            "t.zip",
            Zips.of(item("a.jpg", "A"), with(item("b.jpg", "BCD"), change), item("e.jpg", "E")));
    assertThat(rows).hasSize(3).contains("t.zip/a.jpg=A", "t.zip/e.jpg=E");
    return rows.stream().filter(row -> row.startsWith("t.zip/b.jpg")).findAny().orElseThrow();
  }

  @Test
  void archiveThatBeginsBehindItsDirectoryIsNotReadAgainAndAgain() throws IOException {
    byte[] zip = Zips.of(item("a.jpg", "A"));
    int end = zip.length - 22;
    int directory = Zips.little(zip).getInt(end + 16);
    int whole = end + 56 + 20 + 22;
    byte[] wide = Arrays.copyOf(zip, whole);
    ByteBuffer tail = Zips.little(wide);
    tail.position(end).putInt(0x06064b50).putLong(44).putInt(45).putInt(0).putInt(0);
    tail.putLong(1).putLong(1).putLong((long) end - directory).putLong((long) directory - whole);
    tail.putInt(0x07064b50).putInt(0).putLong(end).putInt(1);
    tail.putInt(0x06054b50).putInt(0).putInt(-1).putInt(-1).putInt(-1).putShort((short) 0);
    assertThat(archive.rows("t.zip", wide))
        .singleElement()
        .asString()
        .startsWith("t.zip: IOException")
        .contains("its central directory is neither at byte");
  }

  @Test
  void wrongMemberCostsOnlyItself() throws IOException {
    assertThat(changed(item -> {})).isEqualTo("t.zip/b.jpg=BCD");
    assertThat(changed(item -> item.flags = 1)).contains(": unsupported", "is encrypted");
    assertThat(changed(item -> item.method = 99)).contains(": unsupported", "method 99");
    assertThat(changed(item -> item.method = 14)).contains(": unsupported", "method 14 (LZMA)");
    assertThat(changed(item -> item.method = 77)).contains(": unsupported", "method 77 (unknown)");
    assertThat(changed(item -> item.disk = 4)).contains(": unsupported", "in part 5");
    assertThat(changed(item -> item.signature = 7)).contains(": EOFException", "is not at byte");
    assertThat(changed(item -> item.crc++)).contains(": IOException", "is damaged");
    assertThat(changed(item -> item.size++)).contains(": IOException", "is damaged");
    assertThat(changed(item -> item.size--)).contains(": IOException", "is damaged");
    assertThat(changed(item -> item.method = 8)).contains("t.zip/b.jpg: ");
    assertThat(changed(item -> item.method = 9)).contains("t.zip/b.jpg: ");
    assertThat(changed(item -> item.method = 12)).contains("t.zip/b.jpg: ");
    assertThat(changed(item -> item.method = 93)).contains("t.zip/b.jpg: ");
    assertThat(changed(item -> item.packed = 100_000)).contains(": EOFException", "should have");
    assertThat(changed(item -> item.size = 1 << 30)).contains(": IOException", "was not read");
    assertThat(changed(item -> item.packed = 0xffffffffL)).contains(": IOException", "not read");
    assertThat(changed(item -> item.shift = 1 << 20)).contains(": EOFException", "should have");
    assertThat(changed(item -> item.extra = new byte[] {1, 0, 99, 0, 5})).endsWith("=BCD");
    assertThat(changed(item -> item.localName = "x".getBytes(StandardCharsets.US_ASCII)))
        .endsWith("=BCD");
  }

  @Test
  void whatFollowsTheEndIsToldUnlessItIsZeros() throws IOException {
    byte[] zip = Zips.of(item("a.jpg", "A"));
    assertThat(archive.rows("t.zip", joined(zip, new byte[700]))).containsExactly("t.zip/a.jpg=A");
    assertThat(archive.rows("t.zip", joined(zip, Arrays.copyOf(zip, 50))))
        .hasSize(2)
        .startsWith("t.zip/a.jpg=A")
        .last()
        .asString()
        .contains("behind the end of the archive, at byte %d".formatted(zip.length));
  }

  @Test
  void lastPartOfSeveralIsRefused() throws IOException {
    byte[] zip = Zips.of(item("a.jpg", "A"));
    zip[zip.length - 18] = 2;
    assertThat(archive.rows("t.zip", zip))
        .singleElement()
        .asString()
        .startsWith("t.zip: unsupported")
        .contains("the last of 3 parts");
  }

  @Test
  void brokenDirectoryGivesWhatStandsBefore() throws IOException {
    byte[] zip = Zips.of(item("a.jpg", "A"), item("b.jpg", "B"));
    zip[zip.length - 22 - 46 - 5] = 0; // the signature of the last entry
    assertThat(archive.rows("t.zip", zip))
        .hasSize(2)
        .startsWith("t.zip/a.jpg=A")
        .last()
        .asString()
        .contains("the central directory is broken at byte");
  }

  @Test
  void directoryOfFewerMembersThanItsEndSaysIsTold() throws IOException {
    byte[] zip = Zips.of(item("a.jpg", "A"));
    zip[zip.length - 12] = 3;
    assertThat(archive.rows("t.zip", zip))
        .hasSize(2)
        .last()
        .asString()
        .contains("has 1 members, but should have 3");
  }

  @Test
  void zipWithoutItsBeginningGivesTheRest() throws IOException {
    byte[] zip = Zips.of(item("a.jpg", "A"), item("b.jpg", "B"));
    assertThat(archive.rows("t.zip", Arrays.copyOfRange(zip, 10, zip.length)))
        .hasSize(2)
        .anyMatch(row -> row.startsWith("t.zip/a.jpg: EOFException"))
        .contains("t.zip/b.jpg=B");
  }

  @Test
  void cutZipGivesWhatIsWholeAndSaysSo() throws IOException {
    byte[] zip =
        Zips.of(
            item("\u00e4.jpg".getBytes(Charset.forName("IBM437")), "A"),
            item("b.jpg", "B"),
            item("c.jpg", "C"));
    int third = 30 + 5 + 1 + 30 + 5 + 1;
    assertThat(archive.rows("t.zip", Arrays.copyOf(zip, third + 20)))
        .hasSize(3)
        .startsWith("t.zip/\u00e4.jpg=A", "t.zip/b.jpg=B")
        .last()
        .asString()
        .startsWith("t.zip: ");
    assertThat(archive.rows("t.zip", "no zip at all".getBytes(StandardCharsets.US_ASCII)))
        .singleElement()
        .asString()
        .contains("t.zip: EOFException")
        .contains("cut off, or no zip");
  }

  @Test
  void bombOfOverlappingMembersIsNotUnpacked() throws IOException {
    List<Zips.Item> items = new ArrayList<>();
    items.add(item("0.jpg", "x".repeat(10_000)));
    for (int number = 1; number < 200; number++) {
      Zips.Item again = item(number + ".jpg", "");
      again.size = 10_000;
      again.packed = 10_000;
      again.crc = items.get(0).crc;
      long before = 30 + 5 + 10_000;
      again.shift =
          -before - IntStream.range(1, number).map(n -> 34 + String.valueOf(n).length()).sum();
      items.add(again);
    }
    List<String> rows = archive.rows("t.zip", Zips.of(items, ""));
    assertThat(rows).hasSize(200);
    assertThat(
            rows.stream().filter(row -> row.contains(": unsupported") && row.contains("overlap")))
        .hasSizeGreaterThan(190);
    assertThat(rows.get(0)).endsWith("=" + "x".repeat(10_000));
  }

  /** Whatever byte is broken: each member is a row, or the archive says that it can't be read. */
  @Property(tries = 200)
  void brokenByteLosesNoMemberSilently(
      @ForAll @IntRange(max = 5000) int place, @ForAll byte value, @ForAll boolean tar)
      throws IOException {
    byte[] bytes =
        tar
            ? Tars.of(Tars.Item.file("a.jpg", "A"), Tars.Item.hard("b.jpg", "a.jpg"))
            : Zips.of(item("a.jpg", "A"), item("b.jpg", "B"));
    bytes[place % bytes.length] = value;
    Path root = Files.createTempDirectory("broken");
    OpenArchive broken = OpenArchive.in(root);
    String name = tar ? "t.tar" : "t.zip";
    List<String> rows = broken.rows(name, bytes);
    long told = rows.stream().filter(row -> row.startsWith(name + ": ")).count();
    assertThat(rows.size() + broken.passedOver().value().total() >= 2 || told > 0)
        .as("%s", rows)
        .isTrue();
    Files.delete(root.resolve(name));
    Files.delete(root);
  }
}
