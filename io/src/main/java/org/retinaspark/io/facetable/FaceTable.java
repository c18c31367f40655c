package org.retinaspark.io.facetable;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.sum;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.retinaspark.io.UnusableLocationException;

/**
 * A table of faces, to be read: of either layout, and of the schema of earlier versions. Only the
 * columns {@code image} and those of the faces must be there.
 */
public final class FaceTable {

  private final Dataset<Row> rows;
  private final TableLayout layout;

  private FaceTable(Dataset<Row> rows, TableLayout layout) {
    this.rows = rows;
    this.layout = layout;
  }

  /**
   * The rows of a table.
   *
   * @param name how errors call it
   * @throws UnusableLocationException if they lack the columns of a table of faces
   */
  public static FaceTable of(Dataset<Row> rows, String name) {
    List<String> columns = Arrays.asList(rows.columns());
    boolean image = columns.contains(ColumnNames.IMAGE);
    if (image && columns.contains(ColumnNames.FACES)) {
      return new FaceTable(rows, TableLayout.IMAGES);
    }
    if (image && columns.contains(ColumnNames.INDEX) && columns.contains(ColumnNames.SCORE)) {
      return new FaceTable(rows, TableLayout.FACES);
    }
    throw new UnusableLocationException(
        ("%s has the columns %s, so it isn't a detection table, which has image and faces, or"
                + " image, index and score; for text files use --format widerface")
            .formatted(name, columns));
  }

  /** The part of the table that is of a split; rows of no split belong to every split. */
  public FaceTable split(String split) {
    if (!has(ColumnNames.SPLIT)) {
      return this;
    }
    Column column = col(ColumnNames.SPLIT);
    return new FaceTable(
        rows.where(column.isNull().or(column.equalTo("")).or(column.equalTo(split))), layout);
  }

  /** Whether a row is the only one of its image, or the first. */
  public static Column startsImage(StructType schema) {
    List<String> columns = List.of(schema.fieldNames());
    if (columns.contains(ColumnNames.FACES) || !columns.contains(ColumnNames.INDEX)) {
      return lit(true);
    }
    Column index = col(ColumnNames.INDEX);
    return index.isNull().or(index.equalTo(0));
  }

  /**
   * Five numbers of a face, an element of {@link ColumnNames#FACES}: the corners of its box, and
   * its score.
   */
  public static Column boxAndScore(Column face) {
    List<Column> numbers = new ArrayList<>();
    for (String corner : TableSchema.CORNERS) {
      numbers.add(face.getField(ColumnNames.BOX).getField(corner));
    }
    numbers.add(face.getField(ColumnNames.SCORE));
    return array(numbers.toArray(Column[]::new));
  }

  /** By what the rows of a table are sorted: by key, and flat faces by their index. */
  public static List<Column> order(StructType schema) {
    boolean flat = List.of(schema.fieldNames()).contains(ColumnNames.INDEX);
    Column image = col(ColumnNames.IMAGE);
    return flat ? List.of(image, col(ColumnNames.INDEX)) : List.of(image);
  }

  /** One row an image, with the columns of the table. */
  public Dataset<Row> images() {
    return rows.where(startsImage(rows.schema()));
  }

  /** The rows of images that could not be looked at. */
  public Dataset<Row> failed() {
    return rows.where(col(ColumnNames.STATUS).equalTo(ColumnNames.FAILED));
  }

  /** The rows of images that failed for a reason, by its code. */
  public Dataset<Row> failed(String code) {
    return failed().where(col(ColumnNames.ERROR + "." + ColumnNames.CODE).equalTo(code));
  }

  /** Counts the table. */
  public TableCounts counts() {
    Column faces =
        has(ColumnNames.FACE_COUNT) ? col(ColumnNames.FACE_COUNT) : size(col(ColumnNames.FACES));
    String error = ColumnNames.ERROR + ".";
    long images = 0;
    long failed = 0;
    long found = 0;
    Map<String, Long> failures = new TreeMap<>();
    for (Row group :
        images()
            .groupBy(
                col(ColumnNames.STATUS),
                col(error + ColumnNames.STAGE),
                col(error + ColumnNames.CODE))
            .agg(count(lit(1)), sum(faces))
            .collectAsList()) {
      images += group.getLong(3);
      found += group.getLong(4);
      if (group.getString(0).equals(ColumnNames.FAILED)) {
        failed += group.getLong(3);
        failures.merge(group.getString(1) + "/" + group.getString(2), group.getLong(3), Long::sum);
      }
    }
    return new TableCounts(images, failed, found, failures);
  }

  /** Key, width and height of each image; sizes that the table doesn't have are null. */
  public Dataset<Row> sizes() {
    return images()
        .select(
            col(ColumnNames.IMAGE),
            has(ColumnNames.WIDTH) ? col(ColumnNames.WIDTH) : lit(null).cast("int").as("width"),
            has(ColumnNames.HEIGHT) ? col(ColumnNames.HEIGHT) : lit(null).cast("int").as("height"));
  }

  /** The faces of each image, with score and box. */
  public JavaRDD<ImageFaces> boxes() {
    return RecordReader.faces(reading(Set.of()).boxes());
  }

  /** The faces of each image, with score, box and landmarks. */
  public JavaRDD<ImageFaces> faces() {
    return faces(Set.of());
  }

  /**
   * The faces of each image, with score, box, landmarks and these details, as far as the table has
   * them; of the others nothing is read.
   */
  public JavaRDD<ImageFaces> faces(Set<FaceDetail> details) {
    return RecordReader.faces(reading(details).faces(details));
  }

  /** Each image with all that the table says of it but its carried columns and other details. */
  public JavaRDD<ImageRecord> records(Set<FaceDetail> details) {
    return RecordReader.records(reading(details).records(details));
  }

  /** What the table tells of faces beside score, box and landmarks. */
  public Set<FaceDetail> details() {
    return reading(EnumSet.allOf(FaceDetail.class)).details();
  }

  /** The first images by key, with all that the table says of them but its carried columns. */
  public List<ImageRecord> first(int limit) {
    Set<FaceDetail> all = EnumSet.allOf(FaceDetail.class);
    if (layout == TableLayout.IMAGES) {
      return RecordReader.records(reading(all).records(all).orderBy(ColumnNames.IMAGE).limit(limit))
          .collect();
    }
    Object[] keys =
        images()
            .select(ColumnNames.IMAGE)
            .orderBy(ColumnNames.IMAGE)
            .limit(limit)
            .collectAsList()
            .stream()
            .map(row -> row.get(0))
            .toArray();
    FaceTable few = new FaceTable(rows.where(col(ColumnNames.IMAGE).isin(keys)), layout);
    return RecordReader.records(few.reading(all).records(all).orderBy(ColumnNames.IMAGE)).collect();
  }

  private TableReading reading(Set<FaceDetail> details) {
    return layout == TableLayout.IMAGES
        ? new TableReading(rows)
        : new TableReading(FlatFaces.gathered(rows, details));
  }

  private boolean has(String column) {
    return Arrays.asList(rows.columns()).contains(column);
  }
}
