package org.retinaspark.job.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.EtagSource;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.retinaspark.io.images.ImageInputs;
import org.retinaspark.io.images.ImageLister;
import org.retinaspark.io.images.ImageListing;
import org.retinaspark.io.images.InputColumns;
import org.retinaspark.io.images.ManifestSettings;
import org.retinaspark.io.images.NameFilter;
import org.retinaspark.io.images.SourceFormat;
import org.retinaspark.io.images.UnitColumns;
import org.retinaspark.job.LocalSpark;

/** A bucket that is listed in ranges of keys has the objects that Hadoop's own listing finds. */
@SuppressWarnings("NullAway.Init")
class S3ListingTest {

  /** Keys a page, so that few objects are many pages. */
  private static final int PAGE = 5;

  @TempDir private static Path folder;
  private static S3Server server;
  private static FileSystem files;

  @BeforeAll
  static void start() throws IOException {
    server = S3Server.start(folder.resolve("store"), "listing");
    Configuration hadoop = LocalSpark.session().sparkContext().hadoopConfiguration();
    server.settings().forEach(hadoop::set);
    hadoop.setInt("fs.s3a.bucket.listing.paging.maximum", PAGE);
    files = path("").getFileSystem(hadoop);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void rangesGiveWhatThePlainListingGives(long seed) throws IOException {
    Random random = new Random(seed);
    String root = "set " + seed + "/";
    Set<String> keys = new TreeSet<>();
    while (keys.size() < 60) {
      keys.add(root + key(random));
    }
    put(keys);
    assertThat(listed(root)).isEqualTo(plain(root)).hasSize(keys.size());
  }

  @Test
  void flatPrefixIsListedInRanges() throws IOException {
    List<String> keys = new ArrayList<>();
    for (int index = 0; index < 120; index++) {
      keys.add("flat/image-%07d.jpg".formatted(index * 37));
    }
    put(keys);
    server.proxy().begin(Weather.FAIR);
    Map<String, List<Object>> listed = listed("flat/");
    // A page for each five keys, one for what the path is, and the looks for where to cut.
    assertThat(server.proxy().requests("LIST", key -> true)).isGreaterThan(2 + 120 / PAGE);
    assertThat(listed).isEqualTo(plain("flat/")).hasSize(120);
  }

  @Test
  void photosOfACameraAreListedAndWhatTablesKeepIsNot() throws IOException {
    put(List.of("odd/_MG_1.JPG", "odd/_b/c.jpg", "odd/d/.e.jpg", "odd/d/12:30.jpg"));
    put(List.of("odd/_temporary/0/a.jpg", "odd/d/_SUCCESS", "odd/._a.jpg", "odd/notes.txt"));
    files.mkdirs(path("odd/empty"));
    assertThat(listed("odd/").keySet())
        .containsExactlyInAnyOrder("_MG_1.JPG", "_b/c.jpg", "d/.e.jpg", "d/12:30.jpg");
    assertThat(listing("odd/").passedOver().byLabel())
        .isEqualTo(Map.of("table", 2L, "system", 1L, "ending", 1L));
    assertThat(listing("odd/d*/*").images()).hasValue(2);
    assertThat(listing("odd/*").passedOver().byLabel())
        .isEqualTo(Map.of("table", 2L, "system", 1L));
  }

  /** A name in up to two folders. Folders and files differ in their ends, as on a disk. */
  private static String key(Random random) {
    StringBuilder key = new StringBuilder();
    for (int depth = random.nextInt(3); depth > 0; depth--) {
      key.append(name(random, 2)).append(".d/");
    }
    return key.append(name(random, 6)).append(".jpg").toString();
  }

  private static String name(Random random, int length) {
    String letters = "ab09 +%&=~!'()äß日\ue000\uffee";
    StringBuilder name = new StringBuilder("x");
    for (int index = random.nextInt(length); index >= 0; index--) {
      int letter = random.nextInt(letters.length() + 1);
      name.append(letter == letters.length() ? "\ud83d\ude00" : letters.charAt(letter));
    }
    return name.append('x').toString();
  }

  private static void put(Iterable<String> keys) throws IOException {
    for (String key : keys) {
      try (var out = files.create(path(key))) {
        out.write(key.getBytes(java.nio.charset.StandardCharsets.UTF_8));
      }
    }
  }

  private static ImageListing listing(String root) {
    return new ImageLister(
            LocalSpark.session(),
            new ImageInputs(
                List.of(server.uri(root)),
                SourceFormat.AUTO,
                NameFilter.IMAGES,
                InputColumns.USUAL,
                ManifestSettings.DEFAULT),
            new org.apache.hadoop.fs.Path(folder.resolve("plan-" + UUID.randomUUID()).toUri()))
        .list();
  }

  private static Map<String, List<Object>> listed(String root) {
    Map<String, List<Object>> objects = new TreeMap<>();
    for (Row row : listing(root).units().collectAsList()) {
      objects.put(
          row.getAs(UnitColumns.IMAGE),
          List.of(
              row.getAs(UnitColumns.LENGTH),
              row.getAs(UnitColumns.MODIFIED),
              row.getAs(UnitColumns.ETAG)));
    }
    return objects;
  }

  private static Map<String, List<Object>> plain(String root) throws IOException {
    Map<String, List<Object>> objects = new TreeMap<>();
    RemoteIterator<LocatedFileStatus> found = files.listFiles(path(root), true);
    while (found.hasNext()) {
      LocatedFileStatus object = found.next();
      objects.put(
          object.getPath().toString().substring(server.uri(root).length()),
          List.of(object.getLen(), object.getModificationTime(), ((EtagSource) object).getEtag()));
    }
    return objects;
  }

  private static org.apache.hadoop.fs.Path path(String key) {
    return new org.apache.hadoop.fs.Path(server.uri(key));
  }
}
