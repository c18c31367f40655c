package org.retinaspark.udf;

import java.util.Arrays;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.retinaspark.udf.sql.Functions;

/** Face detection on any dataset that has images in a column. */
public final class RetinaSpark {

  /** The column that {@link #detect(Dataset, String, Map)} adds. */
  public static final String DETECTION = "detection";

  private RetinaSpark() {}

  /**
   * Adds a column {@value #DETECTION} of what is found in each image; see {@link #detect(Dataset,
   * String, Map, String)}.
   */
  public static Dataset<Row> detect(
      Dataset<Row> dataset, String content, Map<String, String> options) {
    return detect(dataset, content, options, DETECTION);
  }

  /**
   * Adds a column of what is found in each image: a struct of {@code status} ({@code ok} or {@code
   * failed}), {@code error}, {@code warnings}, {@code width} and {@code height} in pixels, and
   * {@code faces}, as a table of {@code detect} has them; coordinates are pixels of the upright
   * image. An image that can't be looked at, null among them, is a struct with status {@code
   * failed}. All other columns, the rows and their order in a partition stay.
   *
   * <p>All tasks of an executor share one session. The settings of the dataset's session are left
   * as they are.
   *
   * @param content the column with the bytes of image files
   * @param options of the command {@code detect}, by their names without dashes; none for defaults
   * @param name of the column
   * @throws IllegalArgumentException if the column is not there, or the new one is, or an option is
   *     unknown or can't be met; the message is for the user
   */
  public static Dataset<Row> detect(
      Dataset<Row> dataset, String content, Map<String, String> options, String name) {
    requireColumn(dataset, content);
    if (has(dataset, name)) {
      throw new IllegalArgumentException(
          "the dataset has a column '%s' already, which would be lost: give the new one another name"
              .formatted(name));
    }
    return dataset.withColumn(
        name, Functions.detect(dataset.sparkSession(), dataset.col(quoted(content)), options));
  }

  /**
   * Makes the functions {@code detect_faces}, {@code face_crop}, {@code image_info} and {@code
   * wider_face_ap} known to a session, as {@link RetinaSparkExtensions} does to all.
   */
  public static void register(SparkSession spark) {
    Functions.register(spark);
  }

  private static void requireColumn(Dataset<Row> dataset, String name) {
    if (!has(dataset, name)) {
      throw new IllegalArgumentException(
          "the dataset has no column '%s' to look for faces in, but %s: name one with the bytes of image files"
              .formatted(name, String.join(", ", dataset.columns())));
    }
  }

  private static boolean has(Dataset<Row> dataset, String name) {
    return Arrays.stream(dataset.columns()).anyMatch(name::equalsIgnoreCase);
  }

  private static String quoted(String name) {
    return "`" + name.replace("`", "``") + "`";
  }
}
