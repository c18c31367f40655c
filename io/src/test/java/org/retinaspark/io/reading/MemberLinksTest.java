package org.retinaspark.io.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.retinaspark.io.reading.Tars.Item;

/** Links in any order give what the file system gives once the archive is unpacked. */
final class MemberLinksTest {

  private static final List<String> PATHS =
      List.of("a.jpg", "b.jpg", "p/a.jpg", "p/q/b.jpg", "c.jpg", "p/c.jpg");

  @Provide
  Arbitrary<List<Item>> members() {
    Arbitrary<String> target =
        Arbitraries.of(
            "a.jpg", "b.jpg", "../a.jpg", "./b.jpg", "p/a.jpg", "q/b.jpg", "../../c.jpg", "p/none");
    Arbitrary<Item> member =
        Combinators.combine(Arbitraries.of(true, false), Arbitraries.of(PATHS), target)
            .as((file, path, to) -> file ? Item.file(path, "of " + path) : Item.symbolic(path, to));
    return member.list().uniqueElements(Item::name).ofMinSize(1);
  }

  @Property(tries = 200)
  void symbolicLinksAreFollowedAsAFileSystemDoes(@ForAll("members") List<Item> members)
      throws IOException {
    Path root = Files.createTempDirectory("links");
    Path unpacked = Files.createDirectories(root.resolve("in/unpacked"));
    Files.createDirectories(unpacked.resolve("p/q"));
    for (Item member : members) {
      Path path = unpacked.resolve(member.name());
      if (member.isLink()) {
        Files.createSymbolicLink(path, Path.of(member.content()));
      } else {
        Files.writeString(path, member.content());
      }
    }
    Map<String, String> expected = new TreeMap<>();
    for (Item member : members) {
      Path path = unpacked.resolve(member.name());
      expected.put(
          "t.tar/" + member.name(), Files.isRegularFile(path) ? Files.readString(path) : "none");
    }
    Map<String, String> rows = new TreeMap<>();
    for (StoredImage image : OpenArchive.in(root).images("t.tar", Tars.of(members))) {
      String row = OpenArchive.row(image);
      rows.put(
          image.image(),
          row.contains("FileNotFoundException") ? "none" : row.substring(row.indexOf('=') + 1));
    }
    assertThat(rows).isEqualTo(expected);
    delete(root);
  }

  private static void delete(Path root) throws IOException {
    List<Path> paths = new ArrayList<>();
    try (var walk = Files.walk(root)) {
      walk.forEach(paths::add);
    }
    for (int index = paths.size() - 1; index >= 0; index--) {
      Files.delete(paths.get(index));
    }
  }
}
