package org.retinaspark.udf.spark;

import static org.apache.spark.sql.types.DataTypes.FloatType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.TimestampType;
import static org.apache.spark.sql.types.DataTypes.createArrayType;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import org.retinaspark.udf.detect.Box;
import org.retinaspark.udf.detect.Face;
import org.retinaspark.udf.detect.Point;
import org.retinaspark.udf.pipeline.Failure;
import org.retinaspark.udf.pipeline.ImageInput;
import org.retinaspark.udf.pipeline.ImageResult;

/**
 * The detection table: its schema and its codec. One row an image; coordinates in pixels of the
 * frame that {@code width} and {@code height} describe, continuous, origin at its top-left corner.
 */
public final class FaceTable {

  /** The column that names a row. */
  public static final String KEY = "image";

  /** {@code status} of an image that was looked at. */
  public static final String OK = "ok";

  /** {@code status} of an image that could not be read, decoded or inferred. */
  public static final String FAILED = "failed";

  private static final StructType POINT =
      new StructType().add("x", FloatType, false).add("y", FloatType, false);

  private static final StructType BOX =
      new StructType()
          .add("x1", FloatType, false)
          .add("y1", FloatType, false)
          .add("x2", FloatType, false)
          .add("y2", FloatType, false);

  private static final StructType FACE =
      new StructType()
          .add("score", FloatType, false)
          .add("box", BOX, false)
          .add("landmarks", list(POINT))
          .add(
              "mesh", new StructType().add("topology", StringType).add("vertices", list(FloatType)))
          .add("landmarks68", list(FloatType))
          .add(
              "pose",
              new StructType().add("yaw", FloatType).add("pitch", FloatType).add("roll", FloatType))
          .add("parts", list(new StructType().add("part", StringType).add("rle", StringType)));

  private static final StructType SCHEMA =
      new StructType()
          .add(KEY, StringType, false)
          .add("uri", StringType, false)
          .add("split", StringType)
          .add("length", LongType)
          .add("etag", StringType)
          .add("modified", TimestampType)
          .add("width", IntegerType)
          .add("height", IntegerType)
          .add("orientation", IntegerType)
          .add("status", StringType, false)
          .add(
              "error",
              new StructType()
                  .add("stage", StringType)
                  .add("code", StringType)
                  .add("message", StringType))
          .add("warnings", list(StringType))
          .add("faces", list(FACE));

  private FaceTable() {}

  /** The columns, in the order of the design; {@code TimestampType} wants a UTC instant. */
  public static StructType schema() {
    return SCHEMA;
  }

  /**
   * The columns, and behind them those that a manifest carries.
   *
   * @throws IllegalArgumentException if one of these has the name of a column
   */
  public static StructType schema(StructType carried) {
    Set<String> taken = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    taken.addAll(List.of(SCHEMA.fieldNames()));
    StructType schema = SCHEMA;
    for (StructField field : carried.fields()) {
      if (taken.contains(field.name())) {
        throw new IllegalArgumentException(
            "the manifest's column '%s' has the name of one of the table: rename or drop it"
                .formatted(field.name()));
      }
      schema = schema.add(field);
    }
    return schema;
  }

  static Row row(ImageResult result, @Nullable String split) {
    ImageInput input = result.input();
    ImageResult.Frame frame = result.frame();
    Failure failure = result.failure();
    List<Row> faces = new ArrayList<>(result.faces().size());
    for (Face face : result.faces()) {
      faces.add(row(face));
    }
    List<@Nullable Object> values = new ArrayList<>(SCHEMA.size() + input.carried().size());
    Collections.addAll(
        values,
        input.image(),
        input.uri(),
        split,
        input.length() < 0 ? null : input.length(),
        input.etag(),
        input.modified() == null ? null : java.sql.Timestamp.from(input.modified()),
        frame == null ? null : frame.width(),
        frame == null ? null : frame.height(),
        frame == null ? null : frame.orientation(),
        failure == null ? OK : FAILED,
        failure == null
            ? null
            : RowFactory.create(failure.stage(), failure.code(), failure.message()),
        result.warnings().toArray(),
        faces.toArray());
    values.addAll(input.carried());
    return RowFactory.create(values.toArray());
  }

  private static Row row(Face face) {
    Box box = face.box();
    Object[] landmarks = new Object[face.landmarks().size()];
    for (int index = 0; index < landmarks.length; index++) {
      Point point = face.landmarks().get(index);
      landmarks[index] = RowFactory.create(point.x(), point.y());
    }
    return RowFactory.create(
        face.score(),
        RowFactory.create(box.x1(), box.y1(), box.x2(), box.y2()),
        landmarks,
        null,
        null,
        null,
        null);
  }

  private static DataType list(DataType element) {
    return createArrayType(element, false);
  }
}
