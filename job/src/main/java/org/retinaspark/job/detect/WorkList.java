package org.retinaspark.job.detect;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;

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
import org.apache.spark.storage.StorageLevel;
import org.retinaspark.io.images.ImageFile;
import org.retinaspark.io.images.ImageListing;
import org.retinaspark.io.images.UnitColumns;
import org.retinaspark.io.table.DoneUnits;
import org.retinaspark.io.table.TableDraft;
import org.retinaspark.io.table.TablePolicy;
import org.retinaspark.job.UsageException;

/**
 * What a run has to do: a listing without what is done, compared by Spark; a chunk of it at a time
 * comes into the driver's memory.
 */
final class WorkList implements AutoCloseable {

  private static final String LISTED = "listed";
  private static final String DONE = "done";
  private static final String CHANGED = "changed";
  private static final int EXAMPLES = 3;

  /** Units that come to the driver at once. */
  private static final int PART = 50_000;

  private final Dataset<Row> compared;
  private final Column todo;
  private final Counts counts;
  private final boolean many;

  private WorkList(Dataset<Row> compared, Column todo, Counts counts, boolean many) {
    this.compared = compared;
    this.todo = todo;
    this.counts = counts;
    this.many = many;
  }

  /**
   * How many units are what.
   *
   * @param units to do
   * @param before done already, and staying so
   * @param vanished of them, not in the listing any more; their rows stay
   * @param changed done already, but written anew since
   * @param replaced to do though they are done
   */
  record Counts(long units, long before, long vanished, long changed, long replaced) {}

  /**
   * What of a listing is to be done where a draft has some rows.
   *
   * @throws UsageException if units have changed, and may not
   * @throws IOException if the draft can't be read
   */
  static WorkList of(
      ImageListing listing, TableDraft draft, TablePolicy policy, ChangedImages changed)
      throws IOException {
    Optional<Dataset<Row>> done = policy.resumes() ? draft.doneUnits() : Optional.empty();
    return done.isPresent() ? rest(listing, done.get(), policy, changed) : all(listing);
  }

  private static WorkList all(ImageListing listing) {
    return new WorkList(
        listing.units(), lit(true), new Counts(listing.count(), 0, 0, 0, 0), listing.many());
  }

  /** All of a listing that isn't done yet, or is to be done again. */
  private static WorkList rest(
      ImageListing listing, Dataset<Row> done, TablePolicy policy, ChangedImages changed) {
    Dataset<Row> listed = listing.units().withColumn(LISTED, lit(true));
    Dataset<Row> compared =
        listed
            .join(done, col(UnitColumns.IMAGE).equalTo(done.col(DoneUnits.UNIT)), "full_outer")
            .select(
                listed.col("*"),
                done.col(DoneUnits.UNIT),
                done.col(DoneUnits.UNIT).isNotNull().as(DONE),
                coalesce(isChanged(listed, done), lit(false)).as(CHANGED),
                done.col(DoneUnits.FAILED))
            .persist(StorageLevel.DISK_ONLY());
    Column again = lit(false);
    if (changed == ChangedImages.DETECT) {
      again = again.or(col(CHANGED));
    }
    if (policy == TablePolicy.RETRY_FAILED) {
      again = again.or(col(DoneUnits.FAILED));
    }
    Column known = col(LISTED).and(col(DONE));
    Column todo = col(LISTED).and(col(DONE).equalTo(false).or(again));
    Row counted =
        compared
            .agg(
                count_if(todo),
                count_if(col(DONE)),
                count_if(known),
                count_if(col(CHANGED)),
                count_if(todo.and(col(DONE))))
            .head();
    Counts counts =
        new Counts(
            counted.getLong(0),
            counted.getLong(1) - counted.getLong(4),
            counted.getLong(1) - counted.getLong(2),
            counted.getLong(3),
            counted.getLong(4));
    WorkList work = new WorkList(compared, todo, counts, listing.many());
    if (changed == ChangedImages.REFUSE && counts.changed() > 0) {
      try (work) {
        throw work.refusal();
      }
    }
    return work;
  }

  /** Whether something differs of which both know. */
  private static Column isChanged(Dataset<Row> listed, Dataset<Row> done) {
    Column changed = lit(false);
    for (String column : List.of(UnitColumns.LENGTH, UnitColumns.ETAG, UnitColumns.MODIFIED)) {
      changed = changed.or(coalesce(listed.col(column).notEqual(done.col(column)), lit(false)));
    }
    return changed;
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
    return many ? OptionalLong.empty() : OptionalLong.of(counts.units());
  }

  /** Rows that the table will have, where their number is known before images are read. */
  OptionalLong rows() {
    return many ? OptionalLong.empty() : OptionalLong.of(counts.before() + counts.units());
  }

  /** Keys of done units that are done again; empty if there are none. */
  Optional<Dataset<Row>> replaced() {
    return counts.replaced() == 0
        ? Optional.empty()
        : Optional.of(compared.where(todo.and(col(DONE))).select(DoneUnits.UNIT));
  }

  /** The units in the order of their keys, in parts of a size, the last one smaller. */
  Iterator<List<ImageFile>> chunks(int size) {
    int parts = Math.toIntExact(counts.units() / PART + 1);
    Iterator<Row> rows =
        compared
            .where(todo)
            .repartitionByRange(parts, col(UnitColumns.IMAGE))
            .sortWithinPartitions(UnitColumns.IMAGE)
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
        do {
          chunk.add(reader.file(rows.next()));
        } while (chunk.size() < size && rows.hasNext());
        return chunk;
      }
    };
  }

  @Override
  public void close() {
    compared.unpersist();
  }
}
