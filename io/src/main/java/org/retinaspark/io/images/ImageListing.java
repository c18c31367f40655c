package org.retinaspark.io.images;

import java.util.List;
import java.util.OptionalLong;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.retinaspark.io.folders.PassedOver;

/**
 * The units of work of all inputs, in files that Spark reads: none of them is in memory.
 *
 * @param units a row a unit, in no order, each key once; see {@link UnitColumns}
 * @param count how many units there are
 * @param bytes of all files of known length together
 * @param many whether a unit may be a file of many images
 * @param passedOver files that get no row, and why
 * @param carried the columns of a manifest that go through to the output; empty if there are none
 */
public record ImageListing(
    Dataset<Row> units,
    long count,
    long bytes,
    boolean many,
    PassedOver passedOver,
    StructType carried) {

  /** The first units that are tables, so many at most. */
  public List<ImageFile> tables(int limit) {
    if (!many) {
      return List.of();
    }
    UnitColumns.Reader reader = new UnitColumns.Reader();
    return units
        .where(units.col(UnitColumns.FORMAT).equalTo(FileFormat.TABLE.name()))
        .where(units.col(UnitColumns.OFFSET).equalTo(0))
        .orderBy(UnitColumns.IMAGE)
        .limit(limit)
        .collectAsList()
        .stream()
        .map(reader::file)
        .toList();
  }

  /** The values of one of {@link #carried}, a row a unit. */
  public Dataset<Row> values(String column) {
    return units.select(units.col(UnitColumns.CARRIED).getField(column).as(column));
  }

  /** How many images there are; absent if files hold many, which are counted as they are read. */
  public OptionalLong images() {
    return many ? OptionalLong.empty() : OptionalLong.of(count);
  }
}
