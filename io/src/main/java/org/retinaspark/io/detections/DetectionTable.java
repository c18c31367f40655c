package org.retinaspark.io.detections;

import static org.apache.spark.sql.functions.array_contains;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.flatten;
import static org.apache.spark.sql.functions.lit;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;
import org.retinaspark.io.table.TableLocation;
import scala.Tuple2;

/**
 * Reads the detection table, only the columns {@code image}, {@code status}, {@code split}, {@code
 * faces.score}, {@code faces.box} and, if asked for, {@code faces.landmarks}.
 */
public final class DetectionTable {

  private static final List<String> SIDES = List.of("x1", "y1", "x2", "y2");

  /** A value that no score or coordinate has; {@code array_contains} tells nulls by it. */
  private static final Column ABSENT = lit(-Float.MAX_VALUE);

  private final SparkSession spark;
  private final Dataset<Row> table;

  private DetectionTable(SparkSession spark, Dataset<Row> table) {
    this.spark = spark;
    this.table = table;
  }

  /**
   * Whether there is anything at a URI, table or folder of files.
   *
   * @throws IOException if the file system can't say
   */
  public static boolean exists(String uri, Configuration hadoop) throws IOException {
    Path path = new Path(uri);
    return path.getFileSystem(hadoop).exists(path);
  }

  /**
   * Opens a Parquet table.
   *
   * @throws org.retinaspark.io.UnusableLocationException if there is none, or it is being written
   * @throws DetectionException if it lacks the columns of a detection table
   */
  public static DetectionTable open(SparkSession spark, String uri) {
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    return of(spark, TableLocation.of(uri, hadoop).read(spark), uri);
  }

  /**
   * Takes a table that is already open.
   *
   * @param name how errors call it
   * @throws DetectionException if it lacks the columns of a detection table
   */
  public static DetectionTable of(SparkSession spark, Dataset<Row> table, String name) {
    List<String> columns = Arrays.asList(table.columns());
    if (!columns.contains("image") || !columns.contains("faces")) {
      throw new DetectionException(
          "%s has the columns %s, so it isn't a detection table, which has image and faces; for text files use --format widerface"
              .formatted(name, columns));
    }
    return new DetectionTable(spark, table);
  }

  /** The table restricted to a split; rows of no split belong to every split. */
  public DetectionTable split(String split) {
    if (!Arrays.asList(table.columns()).contains("split")) {
      return this;
    }
    Column column = col("split");
    return new DetectionTable(
        spark, table.where(column.isNull().or(column.equalTo("")).or(column.equalTo(split))));
  }

  /**
   * Each row as its key and its {@link DetectionRecord} in bytes.
   *
   * @param parts what to read beside scores and boxes
   */
  public Dataset<Tuple2<String, byte[]>> records(FaceParts parts) {
    Column scores = numbers(col("faces.score"));
    Column corners =
        concat(
            SIDES.stream().map(side -> numbers(col("faces.box." + side))).toArray(Column[]::new));
    Column status =
        Arrays.asList(table.columns()).contains("status")
            ? coalesce(col("status"), lit("ok"))
            : lit("ok");
    boolean landmarks = parts == FaceParts.WITH_LANDMARKS && hasLandmarks();
    Column points =
        landmarks
            ? concat(
                numbers(flatten(col("faces.landmarks")).getField("x")),
                numbers(flatten(col("faces.landmarks")).getField("y")))
            : functions.array().cast("array<float>");
    Dataset<Row> rows =
        table.select(
            col("image"),
            status.equalTo("failed"),
            array_contains(scores, ABSENT)
                .isNotNull()
                .and(array_contains(corners, ABSENT).isNotNull()),
            scores,
            corners,
            points);
    return spark.createDataset(
        rows.queryExecution().toRdd().toJavaRDD().map(new Encode()).rdd(),
        Encoders.tuple(Encoders.STRING(), Encoders.BINARY()));
  }

  private static Column numbers(Column column) {
    return coalesce(column.cast("array<float>"), functions.array().cast("array<float>"));
  }

  private boolean hasLandmarks() {
    DataType faces = table.schema().apply("faces").dataType();
    return faces instanceof org.apache.spark.sql.types.ArrayType array
        && array.elementType() instanceof StructType face
        && Arrays.asList(face.fieldNames()).contains("landmarks");
  }

  private static final class Encode implements Function<InternalRow, Tuple2<String, byte[]>> {

    private static final long serialVersionUID = 1L;

    @Override
    public Tuple2<String, byte[]> call(InternalRow row) {
      String image = row.isNullAt(0) ? "" : row.getUTF8String(0).toString();
      float[] scores = row.getArray(3).toFloatArray();
      float[] corners = row.getArray(4).toFloatArray();
      float[] points = row.getArray(5).toFloatArray();
      if (row.getBoolean(1)) {
        byte[] failed =
            DetectionRecord.toBytes(
                DetectionStatus.FAILED, new float[0], new float[0], new float[0]);
        return new Tuple2<>(image, failed);
      }
      boolean sound = row.getBoolean(2) && corners.length == scores.length * SIDES.size();
      if (!sound) {
        Arrays.fill(scores, Float.NaN);
        corners = new float[scores.length * SIDES.size()];
      }
      boolean five = points.length == scores.length * 10;
      return new Tuple2<>(
          image,
          DetectionRecord.toBytes(
              sound ? DetectionStatus.OK : DetectionStatus.INCOMPLETE,
              scores,
              corners,
              five ? points : new float[0]));
    }
  }
}
