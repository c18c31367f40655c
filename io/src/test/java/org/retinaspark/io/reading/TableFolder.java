package org.retinaspark.io.reading;

import static org.apache.spark.sql.types.DataTypes.BinaryType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import org.retinaspark.io.LocalSpark;
import org.retinaspark.io.images.ImageFile;
import org.retinaspark.io.images.ImageListing;
import org.retinaspark.io.images.InputColumns;
import org.retinaspark.io.images.Listings;
import org.retinaspark.io.images.NameFilter;
import org.retinaspark.io.images.SourceFormat;

/**
 * A Parquet table that Spark writes for a test, and its rows as images.
 *
 * @param path where it is
 */
record TableFolder(String path) {

  static final StructType FLAT =
      new StructType().add("path", StringType).add("content", BinaryType).add("size", LongType);

  static TableFolder in(Path root) {
    return new TableFolder(root.resolve("table").toString());
  }

  static Row row(String path, @Nullable String content) {
    return RowFactory.create(path, content == null ? null : bytes(content), 7L);
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static ImageReader reader(InputColumns columns) {
    return ImageReader.of(
        LocalSpark.session().sparkContext(),
        new ReadSettings(NameFilter.IMAGES, columns, 1000, null, Duration.ZERO));
  }

  static List<StoredImage> images(ImageFile file, InputColumns columns) {
    List<StoredImage> images = new ArrayList<>();
    try (ImageIterator open = reader(columns).open(file)) {
      open.forEachRemaining(images::add);
    }
    return images;
  }

  void write(StructType schema, Row... rows) {
    LocalSpark.session()
        .createDataFrame(Arrays.asList(rows), schema)
        .coalesce(1)
        .write()
        .parquet(path);
  }

  ImageListing listing(InputColumns columns) {
    return Listings.of(SourceFormat.PARQUET, columns, path);
  }

  ImageFile file(InputColumns columns) {
    return listing(columns).tables(1).get(0);
  }

  List<StoredImage> images(InputColumns columns) {
    return images(file(columns), columns);
  }

  ImageReader settled(InputColumns columns) {
    return reader(columns).settledFor(List.of(file(columns)));
  }
}
