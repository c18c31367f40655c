package org.retinaspark.job.detect;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;
import static org.retinaspark.job.update.ComparedUnits.CHANGED;
import static org.retinaspark.job.update.ComparedUnits.DONE;
import static org.retinaspark.job.update.ComparedUnits.ITEM;
import static org.retinaspark.job.update.ComparedUnits.LISTED;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF3;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.storage.StorageLevel;
import org.retinaspark.io.images.ImageFile;
import org.retinaspark.io.images.ImageListing;
import org.retinaspark.io.images.PartitionPlan;
import org.retinaspark.io.images.RowSelection;
import org.retinaspark.io.images.UnitColumns;
import org.retinaspark.io.reading.TableKeys;
import org.retinaspark.io.table.DoneUnits;
import org.retinaspark.io.table.TableDraft;
import org.retinaspark.io.table.TablePolicy;
import org.retinaspark.job.UsageException;
import org.retinaspark.job.update.ComparedUnits;
import scala.collection.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * What a run has to do: a listing without what is done, compared by Spark; a chunk of it at a time
 * comes into the driver's memory. What is compared are units, or the rows of tables where these
 * have keys of their own: there a unit is read without the rows that are done.
 */
final class WorkList implements AutoCloseable {

  private static final int EXAMPLES = 3;

  /** Units that come to the driver at once. */
  private static final int PART = 50_000;

  private final ImageListing listing;
  private final Dataset<Row> compared;
  private final Column todo;
  private final boolean byRow;
  private final Counts counts;

  private WorkList(
      ImageListing listing, Dataset<Row> compared, Column todo, boolean byRow, Counts counts) {
    this.listing = listing;
    this.compared = compared;
    this.todo = todo;
    this.byRow = byRow;
    this.counts = counts;
  }

  /**
   * How many units, or rows where these are compared, are what.
   *
   * @param units to do
   * @param files to open for that
   * @param before done already, and staying so
   * @param vanished of them, not in the listing any more; their rows stay
   * @param changed done already, but written anew since
   * @param replaced to do though they are done
   */
  record Counts(long units, long files, long before, long vanished, long changed, long replaced) {}

  /**
   * What of a listing is to be done where a draft has some rows.
   *
   * @param keys of the rows of tables, where these go by them: see {@link TableKeys}
   * @param ownNames whether members of archives go by their own names
   * @throws UsageException if units have changed, and may not
   * @throws IOException if the draft can't be read
   */
  static WorkList of(
      ImageListing listing,
      Optional<Dataset<Row>> keys,
      boolean ownNames,
      TableDraft draft,
      TablePolicy policy,
      ChangedImages changed)
      throws IOException {
    if (!policy.resumes()) {
      return all(listing);
    }
    Optional<Dataset<Row>> done = keys.isPresent() ? draft.doneKeys() : draft.doneUnits();
    if (done.isEmpty()) {
      return all(listing);
    }
    Column again = lit(false);
    if (changed == ChangedImages.DETECT) {
      again = again.or(col(CHANGED));
    }
    if (policy == TablePolicy.RETRY_FAILED) {
      again = again.or(col(DoneUnits.FAILED));
    }
    WorkList work =
        keys.isPresent()
            ? ofRows(listing, keys.get(), done.get(), again)
            : ofUnits(listing, ownNames, done.get(), again);
    if (changed == ChangedImages.REFUSE && work.counts.changed() > 0) {
      try (work) {
        throw work.refusal();
      }
    }
    return work;
  }

  private static WorkList all(ImageListing listing) {
    Counts counts = new Counts(listing.count(), listing.count(), 0, 0, 0, 0);
    return new WorkList(listing, listing.units(), lit(true), false, counts);
  }

  /** All of a listing that isn't done yet, or is to be done again. */
  private static WorkList ofUnits(
      ImageListing listing, boolean ownNames, Dataset<Row> done, Column again) {
    Dataset<Row> compared = compared(ComparedUnits.items(listing, ownNames), done);
    Column todo = col(LISTED).and(col(DONE).equalTo(false).or(again));
    return new WorkList(listing, compared, todo, false, counts(compared, todo, count_if(todo)));
  }

  /**
   * All rows of a listing's tables that are not done yet, or are to be done again; and what could
   * not be read to its end, whose entry for the whole is what a row for the lost ones is compared
   * with.
   */
  private static WorkList ofRows(
      ImageListing listing, Dataset<Row> keys, Dataset<Row> done, Column again) {
    Dataset<Row> items =
        keys.withColumnRenamed(TableKeys.KEY, ITEM)
            .withColumn(UnitColumns.LENGTH, lit(null).cast(DataTypes.LongType))
            .withColumn(UnitColumns.ETAG, lit(null).cast(DataTypes.StringType))
            .withColumn(UnitColumns.MODIFIED, lit(null).cast(DataTypes.LongType));
    Dataset<Row> compared = compared(items, done);
    Column isRow = col(TableKeys.ROW).notEqual(TableKeys.PART);
    Column todo =
        col(LISTED)
            .and(
                when(isRow, col(DONE).equalTo(false).or(again))
                    .otherwise(col(DONE).or(col(TableKeys.UNREADABLE))));
    Column files = count_distinct(when(todo, col(UnitColumns.IMAGE)));
    return new WorkList(listing, compared, todo, true, counts(compared, todo, files));
  }

  private static Dataset<Row> compared(Dataset<Row> items, Dataset<Row> done) {
    return ComparedUnits.of(items, done).persist(StorageLevel.DISK_ONLY());
  }

  private static Counts counts(Dataset<Row> compared, Column todo, Column files) {
    Row counted =
        compared
            .agg(
                count_if(todo),
                files,
                count_if(col(DONE)),
                count_if(col(LISTED).and(col(DONE))),
                count_if(col(CHANGED)),
                count_if(todo.and(col(DONE))))
            .head();
    return new Counts(
        counted.getLong(0),
        counted.getLong(1),
        counted.getLong(2) - counted.getLong(5),
        counted.getLong(2) - counted.getLong(3),
        counted.getLong(4),
        counted.getLong(5));
  }

  private UsageException refusal() {
    String examples =
        compared
            .where(col(CHANGED))
            .limit(EXAMPLES)
            .select(UnitColumns.IMAGE)
            .collectAsList()
            .stream()
            .map(row -> "'" + row.getString(0) + "'")
            .collect(Collectors.joining(", "));
    return new UsageException(
        ("%d files were written anew since they were done (%s%s): nothing was done, since"
                + " --changed is refuse. Do them again with --changed detect, or keep their rows"
                + " with --changed keep")
            .formatted(counts.changed(), examples, counts.changed() > EXAMPLES ? ", ..." : ""));
  }

  Counts counts() {
    return counts;
  }

  /** Images to do, where their number is known before they are read. */
  OptionalLong images() {
    return listing.many() ? OptionalLong.empty() : OptionalLong.of(counts.units());
  }

  /** Rows that the table will have, where their number is known before images are read. */
  OptionalLong rows() {
    return listing.many()
        ? OptionalLong.empty()
        : OptionalLong.of(counts.before() + counts.units());
  }

  /** Keys of done units that are done again; empty if there are none. */
  Optional<Dataset<Row>> replaced() {
    return counts.replaced() == 0
        ? Optional.empty()
        : Optional.of(compared.where(todo.and(col(DONE))).select(DoneUnits.UNIT));
  }

  /**
   * The units in chunks: those that cost most before all, then the others in the order of their
   * keys, so that none which takes long is left for the end.
   *
   * @param photos after which a chunk ends, a large file counting for several; see {@link
   *     PartitionPlan#photos}
   * @param least units that a chunk has all the same, or as many as photos if these are fewer; the
   *     last chunk may have fewer
   */
  Iterator<List<ImageFile>> chunks(int photos, int least) {
    int parts = Math.toIntExact(counts.files() / PART + 1);
    Column[] order = {UnitColumns.magnitude().desc(), col(UnitColumns.IMAGE).asc()};
    Iterator<Row> rows =
        (byRow ? partlyDone() : compared.where(todo))
            .repartitionByRange(parts, order)
            .sortWithinPartitions(order)
            .toLocalIterator();
    UnitColumns.Reader reader = new UnitColumns.Reader();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return rows.hasNext();
      }

      @Override
      public List<ImageFile> next() {
        List<ImageFile> chunk = new ArrayList<>();
        long counted = 0;
        do {
          ImageFile unit = reader.file(rows.next());
          chunk.add(unit);
          counted += PartitionPlan.photos(unit);
        } while (rows.hasNext() && (counted < photos || chunk.size() < Math.min(photos, least)));
        return chunk;
      }
    };
  }

  /** The units that have rows to do, with which. */
  private Dataset<Row> partlyDone() {
    Column isRow = col(TableKeys.ROW).notEqual(TableKeys.PART);
    UDF3<Seq<Long>, Long, Boolean, byte[]> selection =
        (rows, last, unreadable) ->
            RowSelection.of(
                    CollectionConverters.asJava(rows), unreadable ? last + 1 : Long.MAX_VALUE)
                .bytes();
    Dataset<Row> selected =
        compared
            .where(LISTED)
            .groupBy(UnitColumns.IMAGE)
            .agg(
                collect_list(when(todo.and(isRow), col(TableKeys.ROW))).as(ITEM),
                max(TableKeys.ROW).as(TableKeys.ROW),
                max(TableKeys.UNREADABLE).as(TableKeys.UNREADABLE),
                max(todo).as(CHANGED))
            .where(CHANGED)
            .select(
                col(UnitColumns.IMAGE),
                udf(selection, DataTypes.BinaryType)
                    .apply(col(ITEM), col(TableKeys.ROW), col(TableKeys.UNREADABLE))
                    .as(UnitColumns.ROWS));
    return listing.units().join(selected, UnitColumns.IMAGE);
  }

  @Override
  public void close() {
    compared.unpersist();
  }
}
