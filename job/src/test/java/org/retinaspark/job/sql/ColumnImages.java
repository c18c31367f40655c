package org.retinaspark.job.sql;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.retinaspark.job.Photos;

/** Tables of photos in a column, with the tiny network beside them. */
final class ColumnImages {

  private static final StructType COLUMNS =
      new StructType()
          .add("path", DataTypes.StringType)
          .add("content", DataTypes.BinaryType)
          .add("tags", DataTypes.createArrayType(DataTypes.StringType))
          .add("number", DataTypes.IntegerType);

  private final Path folder;

  ColumnImages(Path folder) {
    this.folder = folder;
    Photos.model(folder.resolve("tiny.onnx"));
  }

  /** The options of the tiny network. */
  Map<String, String> options() {
    return Map.of(
        "model", folder.resolve("tiny.onnx").toString(), "provider", "cpu", "protocol", "original");
  }

  /** The same in SQL. */
  String map() {
    return "map('model', '%s', 'provider', 'cpu')".formatted(folder.resolve("tiny.onnx"));
  }

  /** Where the photos are that {@link #table} has. */
  Path photos() {
    return folder.resolve("photos");
  }

  /** A Parquet table of so many photos, of which each has 0 to 3 faces by its number. */
  Dataset<Row> table(SparkSession spark, int count) throws IOException {
    List<Row> rows = new ArrayList<>();
    for (int number = 0; number < count; number++) {
      String name = "%03d.png".formatted(number);
      Path photo = Photos.write(photos().resolve(name), number % 4);
      rows.add(
          RowFactory.create(
              name, Files.readAllBytes(photo), new String[] {"a", "b" + number}, number));
    }
    return stored(spark, rows);
  }

  /** A table of what can't be decoded: text, no bytes, null. */
  Dataset<Row> broken(SparkSession spark) {
    return stored(
        spark,
        List.of(
            RowFactory.create(
                "text", "no image".getBytes(StandardCharsets.UTF_8), new String[0], 0),
            RowFactory.create("empty", new byte[0], new String[0], 1),
            RowFactory.create("null", null, null, null)));
  }

  private Dataset<Row> stored(SparkSession spark, List<Row> rows) {
    String file = folder.resolve("images.parquet").toString();
    spark.createDataFrame(rows, COLUMNS).repartition(3).write().mode("overwrite").parquet(file);
    return spark.read().parquet(file);
  }
}
