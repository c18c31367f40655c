package org.retinaspark.io.images;

import static org.apache.spark.sql.functions.ceil;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.log2;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.createArrayType;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** Units of work as rows of Spark: the columns, and how a row becomes an {@link ImageFile}. */
public final class UnitColumns {

  /** The unit's key. */
  public static final String IMAGE = "image";

  /** Bytes of the whole file; null if nobody said. */
  public static final String LENGTH = "length";

  /** When the file was last written, in milliseconds since the epoch; null if nobody said. */
  public static final String MODIFIED = "modified";

  /** The store's version of the file; null if it has none. */
  public static final String ETAG = "etag";

  static final String PREFIX = "prefix";
  static final String FORMAT = "format";
  static final String PATH = "path";
  static final String OFFSET = "offset";
  static final String PIXELS = "pixels";
  static final String WITHIN = "within";
  static final String REFUSAL = "refusal";
  static final String CARRIED = "carried";

  /** The rows of a table that are wanted, as {@link RowSelection#bytes}; absent or null for all. */
  public static final String ROWS = "rows";

  private UnitColumns() {}

  /** The columns, without the key, which the others give. */
  static StructType schema(StructType carried) {
    StructType schema =
        new StructType()
            .add(PREFIX, StringType, false)
            .add(FORMAT, StringType, false)
            .add(PATH, StringType, false)
            .add(OFFSET, LongType, false)
            .add(LENGTH, LongType)
            .add(MODIFIED, LongType)
            .add(ETAG, StringType)
            .add(PIXELS, LongType, false)
            .add(WITHIN, createArrayType(StringType))
            .add(REFUSAL, StringType);
    return carried.isEmpty() ? schema : schema.add(CARRIED, carried);
  }

  /** The key as {@link ImageFile#image} has it. */
  static Column image() {
    return when(col(OFFSET).equalTo(0), col(PATH))
        .otherwise(concat(col(PATH), lit(ImageFile.PART_MARK), col(OFFSET).cast(StringType)));
  }

  /**
   * How far what a unit costs its task goes beyond what many do: 0 up to 16 MiB, 1 up to twice as
   * much, 2 up to four times as much, and so on.
   */
  public static Column magnitude() {
    Column bytes =
        when(col(FORMAT).equalTo(FileFormat.TABLE.name()), least(col(LENGTH), lit(ImageFile.PART)))
            .otherwise(col(LENGTH));
    Column cost = greatest(bytes, col(PIXELS).divide(PartitionPlan.PIXELS_A_BYTE), lit(1));
    return greatest(lit(0), ceil(log2(cost.divide(PartitionPlan.LARGE_COST))));
  }

  /**
   * What tells a unit where its images go by their own names alone: of an archive its URI, which is
   * in their rows, else the key.
   */
  public static Column container() {
    return when(
            col(FORMAT).isin(FileFormat.TAR.name(), FileFormat.ZIP.name()),
            concat(col(PREFIX), col(PATH)))
        .otherwise(col(IMAGE));
  }

  /** Makes units of rows; those of one reader share their roots. */
  public static final class Reader {

    private final Map<ImageRoot, ImageRoot> roots = new HashMap<>();

    /** A row's unit. */
    public ImageFile file(Row row) {
      ImageRoot root =
          new ImageRoot(
              row.getAs(PREFIX),
              FileFormat.valueOf(row.<String>getAs(FORMAT)),
              row.getAs(WITHIN) == null ? List.of() : row.getList(row.fieldIndex(WITHIN)),
              row.getAs(REFUSAL));
      return new ImageFile(
          roots.computeIfAbsent(root, first -> first),
          row.getAs(PATH),
          row.<Long>getAs(OFFSET),
          number(row, LENGTH, ImageFile.UNKNOWN),
          number(row, MODIFIED, 0),
          row.getAs(ETAG),
          row.<Long>getAs(PIXELS),
          carried(row),
          rows(row));
    }

    private static @Nullable RowSelection rows(Row row) {
      boolean selects = List.of(row.schema().fieldNames()).contains(ROWS);
      byte[] rows = selects ? row.getAs(ROWS) : null;
      return rows == null ? null : RowSelection.of(rows);
    }

    private static long number(Row row, String column, long otherwise) {
      Long value = row.getAs(column);
      return value == null ? otherwise : value;
    }

    private static List<@Nullable Object> carried(Row row) {
      List<@Nullable Object> values = new ArrayList<>();
      boolean carries = List.of(row.schema().fieldNames()).contains(CARRIED);
      Row struct = carries ? row.getAs(CARRIED) : null;
      for (int index = 0; struct != null && index < struct.size(); index++) {
        values.add(struct.get(index));
      }
      return values;
    }
  }
}
