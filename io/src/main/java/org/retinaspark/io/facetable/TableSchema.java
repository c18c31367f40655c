package org.retinaspark.io.facetable;

import static org.apache.spark.sql.types.DataTypes.FloatType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.TimestampType;
import static org.apache.spark.sql.types.DataTypes.createArrayType;

import java.io.Serializable;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Which columns a table has. Those that a run can't fill are absent.
 *
 * @param layout what a row is
 * @param landmarks the names of the model's landmarks, in its order; empty if it has none
 * @param details what the run tells of a face beside score, box and landmarks
 * @param carried the columns of the input that go through to the table; they come last
 * @param origin what made the rows, by name; it goes into each file, as metadata of its key column
 */
public record TableSchema(
    TableLayout layout,
    List<String> landmarks,
    Set<FaceDetail> details,
    StructType carried,
    Map<String, String> origin)
    implements Serializable {

  /** The five landmarks of RetinaFace; left means smaller x on an upright face. */
  public static final List<String> FIVE_LANDMARKS =
      List.of("left_eye", "right_eye", "nose", "left_mouth", "right_mouth");

  /** The key of {@link #origin} in the metadata of the key column. */
  public static final String ORIGIN = "retinaspark";

  static final StructType ERROR =
      new StructType()
          .add(ColumnNames.STAGE, StringType)
          .add(ColumnNames.CODE, StringType)
          .add(ColumnNames.MESSAGE, StringType);

  private static final StructType IMAGE =
      new StructType()
          .add(ColumnNames.IMAGE, StringType, false)
          .add(ColumnNames.CONTAINER, StringType)
          .add(ColumnNames.URI, StringType, false)
          .add(ColumnNames.SPLIT, StringType)
          .add(ColumnNames.LENGTH, LongType)
          .add(ColumnNames.ETAG, StringType)
          .add(ColumnNames.MODIFIED, TimestampType)
          .add(ColumnNames.WIDTH, IntegerType)
          .add(ColumnNames.HEIGHT, IntegerType)
          .add(ColumnNames.ORIENTATION, IntegerType)
          .add(ColumnNames.STATUS, StringType, false)
          .add(ColumnNames.ERROR, ERROR)
          .add(ColumnNames.WARNINGS, list(StringType), false)
          .add(ColumnNames.FACE_COUNT, IntegerType, false)
          .add(ColumnNames.BEST_SCORE, FloatType);

  static final List<String> CORNERS = List.of("x1", "y1", "x2", "y2");
  static final List<String> ANGLES = List.of("yaw", "pitch", "roll");

  static final StructType MESH =
      new StructType()
          .add(ColumnNames.TOPOLOGY, StringType, false)
          .add(ColumnNames.SCORE, FloatType)
          .add(ColumnNames.VERTICES, list(FloatType), false);

  static final StructType POSE = floats(ANGLES).add(ColumnNames.SOURCE, StringType);

  private static final DataType PARTS =
      list(
          new StructType()
              .add(ColumnNames.PART, StringType, false)
              .add(ColumnNames.RLE, StringType, false));

  /**
   * Checks the names.
   *
   * @throws IllegalArgumentException if a carried column has the name of one of the table
   */
  public TableSchema {
    landmarks = List.copyOf(landmarks);
    details = Set.copyOf(details);
    origin = Map.copyOf(origin);
    Set<String> taken = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    // All details, so that no reader takes a carried column for one that the run doesn't fill.
    taken.addAll(List.of(ours(layout, landmarks, EnumSet.allOf(FaceDetail.class)).fieldNames()));
    for (String name : carried.fieldNames()) {
      if (!taken.add(name)) {
        throw new IllegalArgumentException(
            ("the input's column '%s' has the name of one of the table: rename it, drop it from the"
                    + " manifest or leave it out of --carry")
                .formatted(name));
      }
    }
  }

  /** Columns of which nobody says what made them. */
  public TableSchema(
      TableLayout layout, List<String> landmarks, Set<FaceDetail> details, StructType carried) {
    this(layout, landmarks, details, carried, Map.of());
  }

  /** The same columns, of rows that this made. */
  public TableSchema from(Map<String, String> made) {
    return new TableSchema(layout, landmarks, details, carried, made);
  }

  /** All columns, as Spark has them. */
  public StructType columns() {
    MetadataBuilder made = new MetadataBuilder();
    new TreeMap<>(origin).forEach(made::putString);
    Metadata metadata = new MetadataBuilder().putMetadata(ORIGIN, made.build()).build();
    StructType columns = new StructType();
    for (StructField field : ours(layout, landmarks, details).fields()) {
      boolean key = field.name().equals(ColumnNames.IMAGE) && !origin.isEmpty();
      columns =
          columns.add(
              field.name(), field.dataType(), field.nullable(), key ? metadata : field.metadata());
    }
    for (StructField field : carried.fields()) {
      columns = columns.add(field);
    }
    return columns;
  }

  /** What made the rows of a table that was read, by name; empty if its files don't say. */
  public static Map<String, String> originOf(StructType columns) {
    Metadata key = columns.apply(ColumnNames.IMAGE).metadata();
    Map<String, String> origin = new TreeMap<>();
    if (key.contains(ORIGIN)) {
      CollectionConverters.asJava(key.getMetadata(ORIGIN).map())
          .forEach((name, value) -> origin.put(name, String.valueOf(value)));
    }
    return origin;
  }

  /** What turns records into rows of these columns; for one thread. */
  public RecordWriter writer() {
    return new RecordWriter(this);
  }

  /** Rows that writers of this schema made, each used up before the next. */
  public Dataset<Row> dataset(SparkSession spark, JavaRDD<InternalRow> rows) {
    // Spark's only way in for rows of its own form; every other boxes each number.
    return ((org.apache.spark.sql.classic.SparkSession) spark)
        .internalCreateDataFrame(rows.rdd(), columns(), false);
  }

  /**
   * Rows of a table that may lack some of these columns, or of these fields of a face, with all of
   * them: those that they lack are null.
   */
  public Dataset<Row> widened(Dataset<Row> rows) {
    StructType wanted = columns();
    return rows.to(wanted.asNullable());
  }

  /** The columns of a face: the fields of its struct, or flat. */
  StructType face() {
    return layout == TableLayout.IMAGES ? nested(landmarks, details) : flat(landmarks, details);
  }

  private static StructType ours(
      TableLayout layout, List<String> landmarks, Set<FaceDetail> details) {
    if (layout == TableLayout.IMAGES) {
      return IMAGE.add(ColumnNames.FACES, list(nested(landmarks, details)), false);
    }
    StructType columns = IMAGE;
    for (StructField field : flat(landmarks, details).fields()) {
      columns = columns.add(field);
    }
    return columns;
  }

  private static StructType nested(List<String> landmarks, Set<FaceDetail> details) {
    StructType face =
        new StructType()
            .add(ColumnNames.INDEX, IntegerType, false)
            .add(ColumnNames.SCORE, FloatType, false)
            .add(ColumnNames.BOX, floats(CORNERS), false);
    if (!landmarks.isEmpty()) {
      StructType points = new StructType();
      for (String name : landmarks) {
        points = points.add(name, floats(List.of(ColumnNames.X, ColumnNames.Y)), false);
      }
      face = face.add(ColumnNames.LANDMARKS, points, false);
    }
    if (details.contains(FaceDetail.MESH)) {
      face = face.add(ColumnNames.MESH, MESH);
    }
    if (details.contains(FaceDetail.LANDMARKS68)) {
      face = face.add(ColumnNames.LANDMARKS68, list(FloatType));
    }
    if (details.contains(FaceDetail.POSE)) {
      face = face.add(ColumnNames.POSE, POSE);
    }
    return details.contains(FaceDetail.PARTS) ? face.add(ColumnNames.PARTS, PARTS) : face;
  }

  /** The columns of {@link #nested}, but flat; null in the row of an image without faces. */
  private static StructType flat(List<String> landmarks, Set<FaceDetail> details) {
    StructType face =
        new StructType().add(ColumnNames.INDEX, IntegerType).add(ColumnNames.SCORE, FloatType);
    for (String corner : CORNERS) {
      face = face.add(corner, FloatType);
    }
    for (String landmark : landmarks) {
      face = face.add(flat(landmark, ColumnNames.X), FloatType);
      face = face.add(flat(landmark, ColumnNames.Y), FloatType);
    }
    if (details.contains(FaceDetail.MESH)) {
      face = withFlat(face, ColumnNames.MESH, MESH);
    }
    if (details.contains(FaceDetail.LANDMARKS68)) {
      face = face.add(ColumnNames.LANDMARKS68, list(FloatType));
    }
    if (details.contains(FaceDetail.POSE)) {
      face = withFlat(face, ColumnNames.POSE, POSE);
    }
    return details.contains(FaceDetail.PARTS) ? face.add(ColumnNames.PARTS, PARTS) : face;
  }

  private static StructType withFlat(StructType columns, String name, StructType struct) {
    StructType more = columns;
    for (StructField field : struct.fields()) {
      more = more.add(flat(name, field.name()), field.dataType());
    }
    return more;
  }

  /** A column of the flat layout that is a field of a struct in the other; angles say it all. */
  static String flat(String struct, String field) {
    return ANGLES.contains(field) ? field : struct + "_" + field;
  }

  private static StructType floats(List<String> names) {
    StructType struct = new StructType();
    for (String name : names) {
      struct = struct.add(name, FloatType, false);
    }
    return struct;
  }

  private static DataType list(DataType element) {
    return createArrayType(element, false);
  }
}
