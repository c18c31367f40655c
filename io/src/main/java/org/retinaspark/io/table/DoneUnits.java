package org.retinaspark.io.table;

import static org.apache.spark.sql.functions.col;
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
import org.retinaspark.io.facetable.ColumnNames;
import org.retinaspark.io.images.UnitColumns;
import org.retinaspark.io.reading.StoredImage;

/** The units of work that the rows of a table come from, as rows of Spark. */
public final class DoneUnits {

  /** The unit's key. */
  public static final String UNIT = "unit";

  /** Whether any image of the unit failed. */
  public static final String FAILED = "failed";

  /** A list of units that are done again. */
  static final StructType LIST = new StructType().add(UNIT, DataTypes.StringType);

  private DoneUnits() {}

  /** The key of the unit that a row comes from. */
  static Column unit() {
    UDF2<String, String, String> ofMember = StoredImage::unit;
    return when(
            col(ColumnNames.URI).contains(StoredImage.INSIDE),
            udf(ofMember, DataTypes.StringType).apply(col(ColumnNames.IMAGE), col(ColumnNames.URI)))
        .otherwise(col(ColumnNames.IMAGE));
  }

  /**
   * The units of rows: key, what the store said of the file then, as {@link UnitColumns} has it,
   * and whether any of its images failed. Of a file of many the length isn't known, since its rows
   * have those of its members.
   */
  static Dataset<Row> of(Dataset<Row> rows) {
    Column whole = col(UNIT).equalTo(col(ColumnNames.IMAGE));
    return rows.withColumn(UNIT, unit())
        .groupBy(UNIT)
        .agg(
            max(when(whole, col(ColumnNames.LENGTH))).as(UnitColumns.LENGTH),
            max(col(ColumnNames.ETAG)).as(UnitColumns.ETAG),
            max(unix_millis(col(ColumnNames.MODIFIED))).as(UnitColumns.MODIFIED),
            max(col(ColumnNames.STATUS).equalTo(ColumnNames.FAILED)).as(FAILED));
  }

  /** The rows whose units are not among those keys. */
  static Dataset<Row> without(Dataset<Row> rows, Dataset<Row> units) {
    return rows.join(units, unit().equalTo(units.col(UNIT)), "left_anti");
  }
}
