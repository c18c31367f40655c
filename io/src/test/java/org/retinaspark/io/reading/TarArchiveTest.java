package org.retinaspark.io.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.retinaspark.io.reading.Tars.Item.file;
import static org.retinaspark.io.reading.Tars.joined;
import static org.retinaspark.io.reading.Tars.raw;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.retinaspark.io.folders.PassedOver.Reason;

/** Tars as people and their enemies make them: each member is a row, or counted, or told of. */
@SuppressWarnings("NullAway.Init")
final class TarArchiveTest {

  @TempDir private Path folder;
  private OpenArchive archive;

  @BeforeEach
  void open() {
    archive = OpenArchive.in(folder);
  }

  @Test
  void tarsInARowAreAllRead() throws IOException {
    byte[] two =
        joined(Tars.of(file("a.jpg", "A")), Tars.of(file("b.jpg", "B"), file("a.jpg", "C")));
    List<String> rows = List.of("=A", "=B", "=C");
    assertThat(archive.rows("t.tar", two))
        .containsExactly("t.tar/a.jpg=A", "t.tar/b.jpg=B", "t.tar/a.jpg#2=C");
    assertThat(archive.rows("t.tgz", Tars.gzip(two)))
        .hasSameSizeAs(rows)
        .allMatch(row -> row.length() < "t.tgz/a.jpg#2=C?".length());
    assertThat(
            archive.rows(
                "u.tgz",
                joined(
                    Tars.gzip(Tars.of(file("a.jpg", "A"))),
                    Tars.gzip(Tars.of(file("b.jpg", "B"))))))
        .containsExactly("u.tgz/a.jpg=A", "u.tgz/b.jpg=B");
  }

  @Test
  void cutOfTheSecondTarIsTold() throws IOException {
    byte[] first = Tars.of(file("a.jpg", "A"));
    byte[] second = Tars.of(file("b.jpg", "B"));
    for (int length = 1; length < 1024 + 512; length++) {
      List<String> rows = archive.rows("t.tar", joined(first, Arrays.copyOf(second, length)));
      assertThat(rows).first().isEqualTo("t.tar/a.jpg=A");
      assertThat(rows).last().asString().startsWith("t.tar: ");
    }
  }

  @Test
  void whatFollowsTheEndIsToldUnlessItIsZeros() throws IOException {
    byte[] tar = Tars.of(file("a.jpg", "A"));
    assertThat(archive.rows("t.tar", joined(tar, new byte[7000]))).containsExactly("t.tar/a.jpg=A");
    for (byte[] garbage : List.of("x".getBytes(StandardCharsets.UTF_8), new byte[] {0, 0, 1})) {
      assertThat(archive.rows("t.tar", joined(tar, garbage)))
          .hasSize(2)
          .last()
          .asString()
          .startsWith("t.tar: ")
          .contains("behind the end of the archive, at byte 2048, stands what is no archive");
    }
    assertThat(archive.rows("t.tgz", joined(Tars.gzip(tar), new byte[] {1, 2, 3})))
        .hasSize(2)
        .last()
        .asString()
        .startsWith("t.tgz: ");
  }

  @Test
  void namesThatAreNoTextKeepEachByte() throws IOException {
    byte[] latin = "gr\u00fc\u00dfe.jpg".getBytes(StandardCharsets.ISO_8859_1);
    byte[] tar =
        joined(
            raw('0', latin, new byte[] {'1'}),
            raw('0', "gr\\xFC\\xDFe.jpg", "2"),
            raw('L', "././@LongLink", "long".repeat(40) + "\u00e4.jpg\0"),
            raw('0', "short.jpg", "3"),
            raw('x', "pax", pax("path", "\u00e9.jpg")),
            raw('0', "other.jpg", "4"),
            Tars.end());
    assertThat(archive.rows("t.tar", tar))
        .containsExactly(
            "t.tar/gr\\xFC\\xDFe.jpg=1",
            "t.tar/gr\\x5CxFC\\x5CxDFe.jpg=2",
            "t.tar/" + "long".repeat(40) + "\u00e4.jpg=3",
            "t.tar/\u00e9.jpg=4");
    assertThat(archive.named("ISO-8859-1").rows("t.tar", tar))
        .first()
        .isEqualTo("t.tar/gr\u00fc\u00dfe.jpg=1");
  }

  /** A record of pax, whose length counts itself. */
  private static String pax(String key, String value) {
    int body = (" " + key + "=" + value + "\n").getBytes(StandardCharsets.UTF_8).length;
    int length = body + 1;
    while (String.valueOf(length).length() + body != length) {
      length++;
    }
    return length + " " + key + "=" + value + "\n";
  }

  @Test
  void paxHeaderSaysTheSizeToo() throws IOException {
    byte[] member = raw('0', "a.jpg", "12345");
    Tars.put(member, 124, "00000000000\0");
    assertThat(
            archive.rows(
                "t.tar",
                joined(
                    raw('g', "global", pax("comment", "of git")),
                    raw('x', "pax", pax("size", "5")),
                    Tars.summed(member),
                    raw('0', "b.jpg", "B"),
                    Tars.end())))
        .containsExactly("t.tar/a.jpg=12345", "t.tar/b.jpg=B");
  }

  @Test
  void shortNameIsCutWhereAFolderEnds() throws IOException {
    String path = "x/".repeat(50) + "a.jpg";
    assertThat(
            archive.rows(
                "t.tar",
                joined(
                    raw('x', "pax", pax("path", path)),
                    raw('0', "x/".repeat(50), "A"),
                    raw('L', "././@LongLink", path + ".jpg\0"),
                    raw('0', "x/".repeat(50), "B"),
                    raw('0', "old/", ""),
                    Tars.end())))
        .containsExactly("t.tar/" + path + "=A", "t.tar/" + path + ".jpg=B");
  }

  @Test
  void headersAreBounded() throws IOException {
    ByteArrayOutputStream chain = new ByteArrayOutputStream();
    byte[] header = raw('L', "././@LongLink", "name");
    for (int count = 0; count < 20_000; count++) {
      chain.write(header);
    }
    for (byte[] headers :
        List.of(chain.toByteArray(), raw('x', "pax", pax("path", "x".repeat(1 << 20))))) {
      assertThat(archive.rows("t.tar", joined(raw('0', "a.jpg", "A"), headers, Tars.end())))
          .hasSize(2)
          .last()
          .asString()
          .contains("the headers of a member, at byte")
          .contains("have more than 1048576 bytes");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "5",
        "99999999999999999999 path=a\n",
        "9 pa=a.jpg",
        "x path=a\n",
        "11 pathxa\n  "
      })
  void brokenPaxHeaderIsTold(String records) throws IOException {
    List<String> rows =
        archive.rows("t.tar", joined(raw('x', "pax", records), raw('0', "a.jpg", "A"), Tars.end()));
    assertThat(rows).hasSize(1);
    assertThat(rows.get(0))
        .matches(row -> row.equals("t.tar/a.jpg=A") == records.isEmpty(), "a row or a reason");
  }

  @Test
  void sizeOfAnyKindIsTold() throws IOException {
    for (String size : List.of(pax("size", "9223372036854775807"), pax("size", "-1"))) {
      assertThat(
              archive.rows(
                  "t.tar", joined(raw('x', "pax", size), raw('0', "a.jpg", "A"), Tars.end())))
          .singleElement()
          .asString()
          .startsWith("t.tar: ");
    }
  }

  @Test
  void devicesAreCountedAndFoldersAreNot() throws IOException {
    assertThat(
            archive.rows(
                "t.tar",
                joined(
                    raw('5', "d/", ""),
                    raw('D', "d/", "Yd/a.jpg\0\0"),
                    raw('V', "label", ""),
                    raw('3', "d/null", ""),
                    raw('6', "pipe.jpg", ""),
                    raw('0', "d/a.jpg", "A"),
                    Tars.end())))
        .containsExactly("t.tar/d/a.jpg=A");
    assertThat(archive.passedOver().value().counts())
        .containsExactly(Map.entry(Reason.SPECIAL, 2L));
  }

  @ParameterizedTest
  @ValueSource(strings = {"sparse-gnu.tar", "sparse-posix.tar"})
  void filesWithHolesHaveThem(String name) throws IOException {
    try (InputStream golden = TarArchiveTest.class.getResourceAsStream(name)) {
      Files.copy(Objects.requireNonNull(golden), folder.resolve(name));
    }
    byte[] expected = new byte[7 * 65_536 + 5];
    for (int part = 0; part < 8; part++) {
      Tars.put(expected, part * 65_536, "part" + part);
    }
    List<StoredImage> images = archive.images(name);
    assertThat(images)
        .extracting(StoredImage::image)
        .containsExactly(name + "/holes.jpg", name + "/z.jpg");
    assertThat(images.get(0).length()).isEqualTo(expected.length);
    assertThat(images.get(0).content().read()).isEqualTo(expected);
    assertThat(images.get(1).content().read()).asString().isEqualTo("behind");
  }

  @Test
  void aMultitudeOfOneNameGetsNumbers() throws IOException {
    ByteArrayOutputStream tar = new ByteArrayOutputStream();
    byte[] member = raw('0', "a.jpg", "");
    byte[] numbered = raw('0', "a.jpg#7.jpg", "");
    tar.write(raw('0', "a.jpg#3", ""));
    for (int count = 0; count < 60_000; count++) {
      tar.write(count % 100 == 0 ? numbered : member);
    }
    tar.write(Tars.end());
    Set<String> keys = new HashSet<>();
    for (StoredImage image : archive.images("t.tar", tar.toByteArray())) {
      assertThat(keys.add(image.image())).as(image.image()).isTrue();
    }
    assertThat(keys).hasSize(60_000).contains("t.tar/a.jpg", "t.tar/a.jpg#59400");
  }
}
