package org.retinaspark.io.reading;

import static org.apache.spark.sql.types.DataTypes.BinaryType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.retinaspark.io.reading.TableFolder.FLAT;
import static org.retinaspark.io.reading.TableFolder.bytes;
import static org.retinaspark.io.reading.TableFolder.row;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.FileUtil;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.retinaspark.io.LocalSpark;
import org.retinaspark.io.UnusableLocationException;
import org.retinaspark.io.images.FileFormat;
import org.retinaspark.io.images.ImageFile;
import org.retinaspark.io.images.ImageRoot;
import org.retinaspark.io.images.InputColumns;
import org.retinaspark.io.images.KeyRule;
import org.retinaspark.io.images.Listings;
import org.retinaspark.io.images.RowSelection;

/** Rows of Parquet tables that Spark wrote become images. */
@SuppressWarnings("NullAway.Init")
final class TableFileTest {

  @TempDir private Path root;
  private TableFolder table;

  @BeforeEach
  void place() {
    table = TableFolder.in(root);
  }

  @Test
  void rowsAreImages() throws IOException {
    table.write(FLAT, row("a b.jpg", "one"), row("größe%.jpg", "two"), row("c.jpg", null));
    List<StoredImage> images = table.images(InputColumns.USUAL);
    String file = Listings.keys(table.listing(InputColumns.USUAL)).get(0);
    assertThat(images)
        .extracting(StoredImage::image)
        .containsExactly(file + "/a b.jpg", file + "/größe%.jpg", file + "/c.jpg");
    assertThat(images.get(1).content().read()).asString().isEqualTo("two");
    assertThat(images.get(1).length()).isEqualTo(3);
    assertThat(images.get(1).uri()).endsWith(file + "!/größe%.jpg");
    assertThat(images.get(2).content().read()).isEmpty();
  }

  @Test
  void structsAreEnteredAsHuggingFaceWritesThem() throws IOException {
    StructType image = new StructType().add("bytes", BinaryType).add("path", StringType);
    table.write(
        new StructType().add("image", image).add("label", LongType),
        RowFactory.create(RowFactory.create(bytes("one"), "x.jpg"), 1L),
        RowFactory.create(RowFactory.create(bytes("two"), null), 2L),
        RowFactory.create(null, 3L));
    List<StoredImage> images = table.images(InputColumns.USUAL);
    assertThat(images)
        .extracting(found -> found.image().replaceAll("^.*parquet/", ""))
        .containsExactly("x.jpg", "1", "2");
    assertThat(images.get(1).content().read()).asString().isEqualTo("two");
    assertThat(images.get(2).content().read()).isEmpty();
  }

  @Test
  void columnsAreTakenAsNamed() throws IOException {
    StructType two = FLAT.add("thumbnail", BinaryType);
    table.write(two, RowFactory.create("a", bytes("large"), 5L, bytes("small")));
    List<StoredImage> images = table.images(new InputColumns(null, "thumbnail", "size"));
    assertThat(images.get(0).image()).endsWith(".parquet/5");
    assertThat(images.get(0).content().read()).asString().isEqualTo("small");
    assertThatThrownBy(() -> table.settled(InputColumns.USUAL))
        .isInstanceOf(UnusableLocationException.class)
        .hasMessageContaining(
            "has 2 columns of bytes; say with --content-column which of path, content, size,"
                + " thumbnail holds the images: nothing was read");
  }

  @Test
  void missingColumnsEndTheRun() throws IOException {
    table.write(FLAT, row("a", "one"));
    assertThatThrownBy(() -> table.settled(new InputColumns(null, "bytes", null)))
        .isInstanceOf(UnusableLocationException.class)
        .hasMessageContaining("called 'bytes' by --content-column; it has path, content, size");
    assertThatThrownBy(() -> table.settled(new InputColumns(null, null, "name")))
        .isInstanceOf(UnusableLocationException.class)
        .hasMessageContaining("has no column 'name' for --key-column; it has path, content, size");
  }

  @Test
  void rowsGoByTheirOwnKeysWhereTheTableHasThem() throws IOException {
    table.write(FLAT, row("x/a.jpg", "one"), row("b!/c", "two"));
    ImageFile file = table.file(InputColumns.USUAL);
    ImageReader settled = table.settled(InputColumns.USUAL);
    assertThat(settled.hasOwnKeys()).isTrue();
    try (ImageIterator images = settled.open(file)) {
      assertThat(images)
          .toIterable()
          .extracting(StoredImage::image, StoredImage::container, StoredImage::uri)
          .containsExactly(
              tuple("x/a.jpg", file.uri(), file.uri() + "!/x/a.jpg"),
              tuple("b!/c", file.uri(), file.uri() + "!/b!/c"));
    }
    InputColumns path = InputColumns.USUAL.with(KeyRule.PATH);
    assertThat(table.settled(path).hasOwnKeys()).isFalse();
    InputColumns own = new InputColumns(null, "content", null, KeyRule.OWN, List.of());
    FileUtil.fullyDelete(new File(table.path()));
    table.write(new StructType().add("content", BinaryType), RowFactory.create(bytes("one")));
    assertThat(table.settled(InputColumns.USUAL).hasOwnKeys()).isFalse();
    assertThatThrownBy(
            () -> TableFolder.reader(own).settledFor(List.of(table.file(InputColumns.USUAL))))
        .isInstanceOf(UnusableLocationException.class)
        .hasMessageContaining("has no column of keys")
        .hasMessageContaining("--key-column may name, or give --keys path: nothing was read");
  }

  @Test
  void keysOfAllTypesAreText() throws IOException {
    StructType schema =
        new StructType()
            .add("l", LongType)
            .add("i", DataTypes.IntegerType)
            .add("b", BinaryType)
            .add("d", DataTypes.DateType)
            .add("n", DataTypes.createDecimalType(20, 2))
            .add("f", DataTypes.DoubleType)
            .add("o", DataTypes.BooleanType)
            .add("s", StringType)
            .add("content", BinaryType);
    table.write(
        schema,
        RowFactory.create(
            9007199254740993L,
            -5,
            bytes("größe"),
            java.sql.Date.valueOf("2026-11-25"),
            new java.math.BigDecimal("1234567890123456.70"),
            0.5,
            true,
            "https://u:p@h/x?sig=abc",
            bytes("one")),
        RowFactory.create(
            1L,
            1,
            new byte[] {(byte) 0xff, 0},
            java.sql.Date.valueOf("1960-01-01"),
            new java.math.BigDecimal("-0.01"),
            1e30,
            false,
            "%2F",
            bytes("two")));
    assertThat(keys("l")).containsExactly("9007199254740993", "1");
    assertThat(keys("i")).containsExactly("-5", "1");
    assertThat(keys("b")).containsExactly("größe", "ff00");
    assertThat(keys("d")).containsExactly("2026-11-25", "1960-01-01");
    assertThat(keys("n")).containsExactly("1234567890123456.70", "-0.01");
    assertThat(keys("f")).containsExactly("0.5", "1.0E30");
    assertThat(keys("o")).containsExactly("true", "false");
    assertThat(keys("s")).containsExactly("https://***@h/x?sig=***", "%2F");
  }

  private List<String> keys(String column) {
    return table.images(new InputColumns(null, "content", column)).stream()
        .map(image -> image.image().substring(image.image().indexOf(".parquet/") + 9))
        .toList();
  }

  @Test
  void onlyWantedRowsAreRead() throws IOException {
    List<Row> rows = new ArrayList<>();
    for (int index = 0; index < 200; index++) {
      rows.add(row("%03d".formatted(index), "x"));
    }
    LocalSpark.session()
        .createDataFrame(rows, FLAT)
        .coalesce(1)
        .write()
        .option("parquet.block.row.count.limit", 20)
        .parquet(table.path());
    ImageFile all = table.file(InputColumns.USUAL);
    assertThat(rows(all, RowSelection.of(List.of(25L, 27L, 199L), Long.MAX_VALUE)))
        .containsExactly("025", "027", "199");
    assertThat(rows(all, RowSelection.of(List.of(0L), 198))).containsExactly("000", "198", "199");
    assertThat(rows(all, RowSelection.of(List.of(), Long.MAX_VALUE))).isEmpty();
    assertThat(rows(all, RowSelection.of(List.of(), 0))).hasSize(200);
  }

  private static List<String> rows(ImageFile all, RowSelection wanted) {
    ImageFile some =
        new ImageFile(
            all.root(),
            all.path(),
            all.offset(),
            all.length(),
            all.modified(),
            all.etag(),
            all.pixels(),
            all.carried(),
            wanted);
    return TableFolder.images(some, InputColumns.USUAL).stream()
        .map(image -> image.image().replaceAll("^.*parquet/", ""))
        .toList();
  }

  @Test
  void namesThatRepeatGetTheirRow() throws IOException {
    table.write(FLAT, row("a", "one"), row("a", "two"));
    assertThat(table.images(InputColumns.USUAL))
        .extracting(image -> image.image().replaceAll("^.*parquet/", ""))
        .containsExactly("a", "a#1");
  }

  @Test
  void rowThatIsTooLargeIsGivenWithoutContent() throws IOException {
    table.write(FLAT, row("a", "x".repeat(2000)), row("b", "y"));
    List<StoredImage> images = table.images(InputColumns.USUAL);
    assertThat(images.get(0).length()).isEqualTo(2000);
    assertThatThrownBy(() -> images.get(0).content().read())
        .hasMessageContaining("has 2000 bytes, more than 1000");
    assertThat(images.get(1).content().read()).asString().isEqualTo("y");
  }

  @Test
  void partsOfAFileHaveEachRowOnce() throws IOException {
    List<Row> rows = new ArrayList<>();
    byte[] content = new byte[100_000];
    for (int index = 0; index < 1000; index++) {
      rows.add(RowFactory.create("%04d".formatted(index), content, 7L));
    }
    LocalSpark.session()
        .createDataFrame(rows, FLAT)
        .coalesce(1)
        .write()
        .option("parquet.block.row.count.limit", 50)
        .option("parquet.enable.dictionary", false)
        .option("compression", "none")
        .parquet(table.path());
    List<ImageFile> parts = Listings.files(table.listing(InputColumns.USUAL));
    assertThat(parts).hasSize(2);
    List<String> names = new ArrayList<>();
    for (ImageFile part : parts) {
      List<StoredImage> images = TableFolder.images(part, InputColumns.USUAL);
      assertThat(images).hasSizeBetween(200, 800);
      images.forEach(image -> names.add(image.image().replaceAll("^.*/", "")));
    }
    assertThat(names).hasSize(1000).doesNotHaveDuplicates();
  }

  @Test
  void fileThatIsNoTableIsOneFailure() throws IOException {
    Files.createDirectories(Path.of(table.path()));
    Files.writeString(Path.of(table.path(), "part-0.parquet"), "no table at all");
    ImageFile file =
        ImageFile.listed(
            new ImageRoot("file:" + table.path() + "/", FileFormat.TABLE),
            "part-0.parquet",
            15,
            0,
            null);
    List<StoredImage> images = TableFolder.images(file, InputColumns.USUAL);
    assertThat(images).hasSize(1);
    assertThat(images.get(0).image()).isEqualTo("part-0.parquet");
    assertThatThrownBy(() -> images.get(0).content().read())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("part-0.parquet' can't be read to its end");
  }
}
