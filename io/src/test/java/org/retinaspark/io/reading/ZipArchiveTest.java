package org.retinaspark.io.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.retinaspark.io.reading.Tars.joined;
import static org.retinaspark.io.reading.Zips.item;
import static org.retinaspark.io.reading.Zips.with;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
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
  void commentMayLookLikeAnEnd() throws IOException {
    String comment = new String(Zips.of(), StandardCharsets.ISO_8859_1) + "!";
    assertThat(archive.rows("t.zip", Zips.of(List.of(item("a.jpg", "A")), comment)))
        .containsExactly("t.zip/a.jpg=A");
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
}
