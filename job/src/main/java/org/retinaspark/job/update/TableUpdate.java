package org.retinaspark.job.update;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.storage.StorageLevel;
import org.retinaspark.io.facetable.ColumnNames;
import org.retinaspark.io.facetable.FaceTable;
import org.retinaspark.io.facetable.TableSchema;
import org.retinaspark.io.images.ImageListing;
import org.retinaspark.io.table.DoneUnits;

/**
 * What a new table takes from an older one: the rows of all units that are as they were, and didn't
 * fail; without reading an image where a row has all that the new table will tell.
 */
public final class TableUpdate implements AutoCloseable {

  private static final String LOOKED_AT = "looked_at";
  private static final String WRITTEN = "written";

  private final OlderTable older;
  private final ImageListing listing;
  private final boolean ownNames;
  private final Dataset<Row> compared;
  private final Row counted;

  private TableUpdate(
      OlderTable older, ImageListing listing, boolean ownNames, Dataset<Row> compared) {
    this.older = older;
    this.listing = listing;
    this.ownNames = ownNames;
    this.compared = compared;
    this.counted =
        compared
            .agg(
                count_if(isCarried()),
                count_if(stands().and(col(LOOKED_AT))),
                count_if(isListed().and(not(col(ComparedUnits.DONE)))),
                count_if(col(ComparedUnits.CHANGED)),
                count_if(isListed().and(failed()).and(not(col(ComparedUnits.CHANGED)))),
                count_if(not(isListed())),
                count_if(isCarried().and(not(col(WRITTEN)))))
            .head();
  }

  /**
   * Compares an older table with what the input has now.
   *
   * @param ownNames whether members of archives go by their own names
   * @param leastScore units with a face of this score, or a higher one, are to be looked at again,
   *     for columns that the older table lacks; absent if it has all
   * @param written units whose rows the new table has already; empty if it has none
   */
  public static TableUpdate of(
      OlderTable older,
      ImageListing listing,
      boolean ownNames,
      OptionalDouble leastScore,
      Optional<Dataset<Row>> written) {
    Dataset<Row> units =
        ComparedUnits.of(ComparedUnits.items(listing, ownNames), DoneUnits.of(older.rows()));
    Dataset<Row> looked =
        marked(
            units,
            leastScore.isPresent() ? likely(older, leastScore) : Optional.empty(),
            LOOKED_AT);
    Dataset<Row> compared = marked(looked, written, WRITTEN);
    return new TableUpdate(
        older,
        listing,
        ownNames,
        compared
            .select(
                ComparedUnits.ITEM,
                ComparedUnits.LISTED,
                DoneUnits.UNIT,
                ComparedUnits.DONE,
                ComparedUnits.CHANGED,
                DoneUnits.FAILED,
                LOOKED_AT,
                WRITTEN)
            .persist(StorageLevel.DISK_ONLY()));
  }

  /** Units with a face that may have more to tell. */
  private static Optional<Dataset<Row>> likely(OlderTable older, OptionalDouble leastScore) {
    Column score = col(ColumnNames.BEST_SCORE).cast(DataTypes.DoubleType);
    return Optional.of(
        older
            .rows()
            .where(score.geq(leastScore.getAsDouble()))
            .select(DoneUnits.unit().as(DoneUnits.UNIT)));
  }

  /** The units with a column that says whether they are among some. */
  private static Dataset<Row> marked(
      Dataset<Row> units, Optional<Dataset<Row>> some, String column) {
    if (some.isEmpty()) {
      return units.withColumn(column, lit(false));
    }
    Dataset<Row> keys = some.get().select(col(DoneUnits.UNIT).as(column)).distinct();
    Dataset<Row> joined =
        units.join(keys, units.col(DoneUnits.UNIT).equalTo(keys.col(column)), "left_outer");
    return joined.withColumn(column, col(column).isNotNull());
  }

  private static Column isListed() {
    return coalesce(col(ComparedUnits.LISTED), lit(false));
  }

  private static Column failed() {
    return coalesce(col(DoneUnits.FAILED), lit(false));
  }

  private static Column stands() {
    return isListed()
        .and(col(ComparedUnits.DONE))
        .and(not(col(ComparedUnits.CHANGED)))
        .and(not(failed()));
  }

  private static Column isCarried() {
    return stands().and(not(col(LOOKED_AT)));
  }

  /** What becomes of all units. */
  public UpdateCounts counts() {
    return new UpdateCounts(
        counted.getLong(0),
        counted.getLong(1),
        counted.getLong(2),
        counted.getLong(3),
        counted.getLong(4),
        counted.getLong(5));
  }

  /** Units whose rows are to be taken over, and are not yet in the new table. */
  public long toCarry() {
    return counted.getLong(6);
  }

  private Dataset<Row> carriedNow() {
    return compared.where(isCarried().and(not(col(WRITTEN))));
  }

  /** The listing without the units of {@link #toCarry}. */
  public ImageListing rest() {
    Dataset<Row> items = ComparedUnits.items(listing, ownNames);
    Dataset<Row> carried = carriedNow().select(col(ComparedUnits.ITEM).as(WRITTEN));
    return new ImageListing(
        items
            .join(carried, items.col(ComparedUnits.ITEM).equalTo(carried.col(WRITTEN)), "left_anti")
            .drop(ComparedUnits.ITEM),
        listing.count() - toCarry(),
        listing.bytes(),
        listing.many(),
        listing.passedOver(),
        listing.carried());
  }

  /** The rows of the units of {@link #toCarry}, with the columns of the new table. */
  public Dataset<Row> rows(TableSchema schema) {
    // Those that are left out are few where a table is kept up to date, and cheap to broadcast.
    Dataset<Row> others =
        compared
            .where(col(ComparedUnits.DONE).and(not(isCarried()).or(col(WRITTEN))))
            .select(DoneUnits.UNIT);
    return schema.widened(DoneUnits.without(older.rows(), others));
  }

  /** How many images those rows are of; counted only where a unit may be many. */
  public long images(Dataset<Row> rows) {
    return listing.many() ? rows.where(FaceTable.startsImage(rows.schema())).count() : toCarry();
  }

  @Override
  public void close() {
    compared.unpersist();
  }
}
