package org.retinaspark.io.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.retinaspark.io.reading.Tars.joined;
import static org.retinaspark.io.reading.Zips.item;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.commons.compress.archivers.zip.Zip64Mode;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.ZipMethod;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.retinaspark.io.folders.PassedOver.Reason;
import org.retinaspark.io.images.FaultyFileSystem;

/** Zips as people and their enemies make them: a member that is wrong costs only itself. */
@SuppressWarnings("NullAway.Init")
final class ZipArchiveTest {

  private static final int PHOTO = 1000;

  @TempDir private Path folder;
  private OpenArchive archive;

  @BeforeEach
  void open() {
    archive = OpenArchive.in(folder);
  }

  private static Zips.Item with(Zips.Item item, Consumer<Zips.Item> change) {
    change.accept(item);
    return item;
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

  @ParameterizedTest
  @EnumSource(Zip64Mode.class)
  void zipsOfALibraryAreRead(Zip64Mode mode) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(bytes)) {
      zip.setUseZip64(mode);
      zip.setComment("of a test");
      for (int method : new int[] {ZipArchiveOutputStream.DEFLATED, ZipMethod.STORED.getCode()}) {
        String text = "text ".repeat(100) + method;
        ZipArchiveEntry entry = new ZipArchiveEntry(method + ".jpg");
        entry.setMethod(method);
        CRC32 crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.US_ASCII));
        entry.setCrc(crc.getValue());
        entry.setSize(text.length());
        zip.putArchiveEntry(entry);
        zip.write(text.getBytes(StandardCharsets.US_ASCII));
        zip.closeArchiveEntry();
      }
    }
    List<String> expected =
        List.of("t.zip/8.jpg=" + "text ".repeat(100) + 8, "t.zip/0.jpg=" + "text ".repeat(100) + 0);
    assertThat(archive.rows("t.zip", bytes.toByteArray())).isEqualTo(expected);
    byte[] selfExtracting =
        joined("MZ, a program".getBytes(StandardCharsets.US_ASCII), bytes.toByteArray());
    assertThat(archive.rows("t.zip", selfExtracting)).isEqualTo(expected);
  }

  @Test
  void directoryDecidesWhatIsAMember() throws IOException {
    byte[] zip =
        Zips.of(
            with(item("deleted.jpg", "D"), item -> item.listed = false),
            item("a.jpg", "A"),
            with(item("too.jpg", "D"), item -> item.listed = false));
    assertThat(archive.rows("t.zip", zip)).containsExactly("t.zip/a.jpg=A");
    assertThat(archive.rows("t.zip", Zips.of())).isEmpty();
  }

  @Test
  void zipsInARowAreAllRead() throws IOException {
    byte[] first = Zips.of(item("a.jpg", "A"), item("b.jpg", "B"));
    byte[] second = Zips.of(List.of(item("a.jpg", "C")), "a comment");
    assertThat(archive.rows("t.zip", joined(second, first, second)))
        .containsExactly("t.zip/a.jpg=C", "t.zip/a.jpg#2=A", "t.zip/b.jpg=B", "t.zip/a.jpg#3=C");
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
  void commentMayLookLikeAnEnd() throws IOException {
    String comment = new String(Zips.of(), StandardCharsets.ISO_8859_1) + "!";
    assertThat(archive.rows("t.zip", Zips.of(List.of(item("a.jpg", "A")), comment)))
        .containsExactly("t.zip/a.jpg=A");
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

  @Test
  void linksAndSpecialFilesOfUnix() throws IOException {
    byte[] zip =
        Zips.of(
            with(item("l.jpg", "p/a.jpg"), item -> item.mode = 0120777),
            with(item("gone.jpg", "b.jpg"), item -> item.mode = 0120777),
            with(
                item("hidden.jpg", "a.jpg"),
                item -> {
                  item.mode = 0120777;
                  item.flags = 1;
                }),
            with(item("pipe.jpg", ""), item -> item.mode = 0010644),
            with(item("d/", ""), item -> item.mode = 0040755),
            item("p/a.jpg", "A"));
    assertThat(archive.rows("t.zip", zip))
        .hasSize(4)
        .contains("t.zip/p/a.jpg=A", "t.zip/l.jpg=A")
        .anyMatch(row -> row.startsWith("t.zip/gone.jpg: FileNotFoundException"))
        .anyMatch(row -> row.startsWith("t.zip/hidden.jpg: unsupported"));
    assertThat(archive.passedOver().value().counts())
        .containsExactly(Map.entry(Reason.SPECIAL, 1L));
  }

  @Test
  void namesThatDoNotSayWhatTheyAre() throws IOException {
    Charset cp437 = Charset.forName("IBM437");
    byte[] zip =
        Zips.of(
            item("\u00e4.jpg".getBytes(cp437), "1"),
            item("\u00e4.jpg", "2"), // UTF-8 without the flag, by macOS
            with(item("\u00f6.jpg", "3"), item -> item.flags = 1 << 11),
            with(
                item(new byte[] {'x', (byte) 0xe4, '.', 'j', 'p', 'g'}, "4"),
                item -> item.flags = 1 << 11),
            with(item("??.jpg", "5"), item -> item.extra = unicode("??.jpg", "\u65e5\u672c.jpg")),
            with(item("stale.jpg", "6"), item -> item.extra = unicode("other", "wrong.jpg")),
            with(item("p\\q.jpg", "7"), item -> item.host = 0));
    assertThat(archive.rows("t.zip", zip))
        .containsExactly(
            "t.zip/\u00e4.jpg=1",
            "t.zip/\u00e4.jpg#2=2",
            "t.zip/\u00f6.jpg=3",
            "t.zip/x\\xE4.jpg=4",
            "t.zip/\u65e5\u672c.jpg=5",
            "t.zip/stale.jpg=6",
            "t.zip/p/q.jpg=7");
    byte[] japanese = Zips.of(item("\u65e5\u672c.jpg".getBytes(Charset.forName("Shift_JIS")), "1"));
    assertThat(archive.named("Shift_JIS").rows("t.zip", japanese))
        .containsExactly("t.zip/\u65e5\u672c.jpg=1");
  }

  private static byte[] unicode(String name, String unicodeName) {
    byte[] text = unicodeName.getBytes(StandardCharsets.UTF_8);
    CRC32 crc = new CRC32();
    crc.update(name.getBytes(StandardCharsets.UTF_8));
    byte[] field = new byte[9 + text.length];
    ByteBuffer values = Zips.little(field);
    values.putShort((short) 0x7075).putShort((short) (5 + text.length)).put((byte) 1);
    values.putInt((int) crc.getValue()).put(text);
    return field;
  }

  @Test
  void storeIsAskedTwice() throws IOException {
    List<Zips.Item> items = new ArrayList<>();
    for (int number = 0; number < PHOTO; number++) {
      items.add(item(number + ".jpg", "x".repeat(PHOTO)));
    }
    Configuration hadoop = FaultyFileSystem.install(new Configuration());
    OpenArchive store = archive.over("faulty:", hadoop);
    assertThat(store.rows("t.zip", Zips.of(items, ""))).hasSize(PHOTO);
    assertThat(FaultyFileSystem.OPENED).hasValue(2); // for the end, and for the members
    FaultyFileSystem.failReading(2, 2000);
    assertThat(store.images("t.zip")).hasSize(PHOTO);
    assertThat(FaultyFileSystem.OPENED).hasValue(6);
    assertThat(FaultyFileSystem.STATUS_ASKED).hasValue(0);
  }

  @Test
  void directoryOfManyPartsIsReadInItsOrder() throws IOException {
    List<Zips.Item> items = new ArrayList<>();
    byte[] name = new byte[60_000];
    Arrays.fill(name, (byte) 'x');
    for (int number = 0; number < 150; number++) {
      byte[] own = ("/" + number + ".jpg").getBytes(StandardCharsets.US_ASCII);
      items.add(with(item(joined(name, own), "" + number), item -> item.localName = own));
    }
    List<String> rows = archive.rows("t.zip", Zips.of(items, ""));
    assertThat(rows).hasSize(150);
    for (int number = 0; number < 150; number++) {
      assertThat(rows.get(number)).endsWith("/" + number + ".jpg=" + number);
    }
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
