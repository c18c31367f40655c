package org.retinaspark.job.update;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.retinaspark.io.images.ImageListing;
import org.retinaspark.io.images.UnitColumns;
import org.retinaspark.io.table.DoneUnits;

/** The units of an input beside those that rows are of, each once, compared by Spark. */
public final class ComparedUnits {

  /** What a listed unit goes by in the rows. */
  public static final String ITEM = "item";

  /** True of what the input has, else null. */
  public static final String LISTED = "listed";

  /** Whether there are rows of it. */
  public static final String DONE = "done";

  /** Whether something differs of which both know: length, etag or time of writing. */
  public static final String CHANGED = "changed";

  private ComparedUnits() {}

  /**
   * The units of a listing with what they go by.
   *
   * @param ownNames whether members of archives go by their own names
   */
  public static Dataset<Row> items(ImageListing listing, boolean ownNames) {
    return listing.units().withColumn(ITEM, ownNames ? UnitColumns.container() : image());
  }

  private static Column image() {
    return col(UnitColumns.IMAGE);
  }

  /**
   * All that are listed, done or both.
   *
   * @param items as {@link #items} has them, with length, etag and time of writing
   * @param done as {@link DoneUnits} has them
   * @return the columns of the items, {@link DoneUnits#UNIT}, {@link #DONE}, {@link #CHANGED} and
   *     {@link DoneUnits#FAILED}
   */
  public static Dataset<Row> of(Dataset<Row> items, Dataset<Row> done) {
    Dataset<Row> listed = items.withColumn(LISTED, lit(true));
    return listed
        .join(done, listed.col(ITEM).equalTo(done.col(DoneUnits.UNIT)), "full_outer")
        .select(
            listed.col("*"),
            done.col(DoneUnits.UNIT),
            done.col(DoneUnits.UNIT).isNotNull().as(DONE),
            coalesce(isChanged(listed, done), lit(false)).as(CHANGED),
            done.col(DoneUnits.FAILED));
  }

  private static Column isChanged(Dataset<Row> listed, Dataset<Row> done) {
    Column changed = lit(false);
    for (String column : List.of(UnitColumns.LENGTH, UnitColumns.ETAG, UnitColumns.MODIFIED)) {
      changed = changed.or(coalesce(listed.col(column).notEqual(done.col(column)), lit(false)));
    }
    return changed;
  }
}
