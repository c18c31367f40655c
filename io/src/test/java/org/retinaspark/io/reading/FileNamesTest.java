package org.retinaspark.io.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.apache.commons.io.FileUtils;
import org.apache.hadoop.conf.Configuration;
import org.retinaspark.io.images.ImageFile;
import org.retinaspark.io.images.InputColumns;
import org.retinaspark.io.images.Listings;
import org.retinaspark.io.images.NameFilter;
import org.retinaspark.io.images.SourceFormat;

/** Whatever name Linux allows, a file of it is listed and read. */
final class FileNamesTest {

  private static final int MOST_BYTES = 255;

  @Property(tries = 6, shrinking = ShrinkingMode.OFF)
  void filesOfAllNamesAreListedAndRead(@ForAll("names") Set<String> names) throws IOException {
    Path root = Files.createTempDirectory("12:names [of] {all}%20#?*\n");
    TreeMap<String, String> contents = new TreeMap<>();
    try {
      for (String name : names) {
        Files.createDirectory(root.resolve(name));
        Files.writeString(root.resolve(name).resolve(name), name);
        contents.put(name + "/" + name, name);
      }
      assertThat(read(root.toString())).isEqualTo(contents);
      String glob = root.toString().replaceAll("[\\[\\]{}?*]", "\\\\$0") + "/*/*";
      assertThat(read(glob)).isEqualTo(contents);
      String first = names.iterator().next();
      assertThat(read(root.resolve(first).resolve(first).toString()).values())
          .containsExactly(first);
    } finally {
      FileUtils.deleteDirectory(root.toFile());
    }
  }

  @Provide
  Arbitrary<Set<String>> names() {
    Arbitrary<String> plain = Arbitraries.strings().ofMinLength(1).ofMaxLength(40);
    Arbitrary<String> odd =
        Arbitraries.strings()
            .withChars(":%#?[]{}*\\ \n\t\"'&+;@!~.,_-$^|<>()=aé\u00a0\u2028\uFFFD日")
            .ofMinLength(1)
            .ofMaxLength(12);
    return Arbitraries.oneOf(plain, odd)
        .filter(FileNamesTest::isName)
        .set()
        .ofMinSize(20)
        .ofMaxSize(40);
  }

  private static boolean isName(String name) {
    return StandardCharsets.UTF_8.newEncoder().canEncode(name)
        && name.getBytes(StandardCharsets.UTF_8).length <= MOST_BYTES
        && name.indexOf('/') < 0
        && name.indexOf('\0') < 0
        && !name.equals(".")
        && !name.equals("..")
        && NameFilter.hides(name).isEmpty();
  }

  private static Map<String, String> read(String location) {
    FileOpener opener =
        new FileOpener(new Configuration(), new Retry(Duration.ZERO, Retry.Waiting.REAL));
    List<ImageFile> files =
        Listings.files(
            Listings.of(SourceFormat.FILES, NameFilter.ANY, InputColumns.USUAL, location));
    return files.stream()
        .collect(
            Collectors.toMap(
                ImageFile::image,
                file -> content(opener, file),
                (one, other) -> one + other,
                TreeMap::new));
  }

  private static String content(FileOpener opener, ImageFile file) {
    try {
      return new String(opener.read(file, 1 << 20), StandardCharsets.UTF_8);
    } catch (IOException failure) {
      return failure.toString();
    }
  }
}
