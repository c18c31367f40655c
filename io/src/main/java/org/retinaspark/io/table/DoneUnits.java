package org.retinaspark.io.table;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.unix_millis;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import org.retinaspark.io.facetable.ColumnNames;
import org.retinaspark.io.images.UnitColumns;
import org.retinaspark.io.reading.StoredImage;

/**
 * The units of work that the rows of a table come from, as rows of Spark. A member of an archive
 * that goes by its own name alone doesn't tell its archive's key: there its container's URI is that
 * of the unit.
 */
public final class DoneUnits {

  /** The unit's key. */
  public static final String UNIT = "unit";

  /** Whether any image of the unit failed. */
  public static final String FAILED = "failed";

  /** A list of units that are done again. */
  static final StructType LIST = new StructType().add(UNIT, DataTypes.StringType);

  private DoneUnits() {}

  /**
   * The key of the unit that an image comes from, as {@link #unit()} has it.
   *
   * @param container the archive or table that held it; absent for a loose file
   */
  public static String unit(String image, @Nullable String container, String uri) {
    if (container == null) {
      return StoredImage.unit(image, uri);
    }
    boolean underOwnName =
        uri.equals(container) || uri.equals(container + StoredImage.INSIDE + image);
    return underOwnName ? container : StoredImage.unit(image, uri);
  }

  /** The key of the unit that a row comes from. */
  public static Column unit() {
    UDF2<String, String, String> ofMember = StoredImage::unit;
    Column inside = concat(col(ColumnNames.CONTAINER), lit(StoredImage.INSIDE));
    Column underOwnName =
        col(ColumnNames.URI)
            .isin(col(ColumnNames.CONTAINER), concat(inside, col(ColumnNames.IMAGE)));
    return when(underOwnName, col(ColumnNames.CONTAINER))
        .when(
            col(ColumnNames.URI).contains(StoredImage.INSIDE),
            udf(ofMember, DataTypes.StringType).apply(col(ColumnNames.IMAGE), col(ColumnNames.URI)))
        .otherwise(col(ColumnNames.IMAGE));
  }

  /**
   * The units of rows: key, what the store said of the file then, as {@link UnitColumns} has it,
   * and whether any of its images failed. Of a file of many the length isn't known, since its rows
   * have those of its members.
   */
  public static Dataset<Row> of(Dataset<Row> rows) {
    Column whole = col(UNIT).equalTo(col(ColumnNames.IMAGE));
    return rows.withColumn(UNIT, unit())
        .groupBy(UNIT)
        .agg(
            max(when(whole, col(ColumnNames.LENGTH))).as(UnitColumns.LENGTH),
            max(col(ColumnNames.ETAG)).as(UnitColumns.ETAG),
            max(unix_millis(col(ColumnNames.MODIFIED))).as(UnitColumns.MODIFIED),
            max(col(ColumnNames.STATUS).equalTo(ColumnNames.FAILED)).as(FAILED));
  }

  /**
   * The keys of rows that are units of work themselves, as those of tables are that have keys of
   * their own; what is known of their files tells nothing of them.
   */
  static Dataset<Row> keys(Dataset<Row> rows) {
    return rows.select(
        col(ColumnNames.IMAGE).as(UNIT),
        lit(null).cast(DataTypes.LongType).as(UnitColumns.LENGTH),
        lit(null).cast(DataTypes.StringType).as(UnitColumns.ETAG),
        lit(null).cast(DataTypes.LongType).as(UnitColumns.MODIFIED),
        col(ColumnNames.STATUS).equalTo(ColumnNames.FAILED).as(FAILED));
  }

  /**
   * What rows that were done again replace: rows of a table by their keys, others by their units.
   */
  static Dataset<Row> replacedBy(Dataset<Row> rows) {
    Column ofTable = col(ColumnNames.URI).equalTo(col(ColumnNames.CONTAINER));
    return rows.select(when(ofTable, col(ColumnNames.IMAGE)).otherwise(unit()).as(UNIT)).distinct();
  }

  /** The rows that are not among those keys, nor their units. */
  public static Dataset<Row> without(Dataset<Row> rows, Dataset<Row> units) {
    Dataset<Row> others = rows.join(units, unit().equalTo(units.col(UNIT)), "left_anti");
    return others.join(units, others.col(ColumnNames.IMAGE).equalTo(units.col(UNIT)), "left_anti");
  }
}
