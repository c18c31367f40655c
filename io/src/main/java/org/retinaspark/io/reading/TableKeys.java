package org.retinaspark.io.reading;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.xxhash64;
import static org.apache.spark.sql.types.DataTypes.BooleanType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import org.retinaspark.io.UnusableLocationException;
import org.retinaspark.io.images.ImageFile;
import org.retinaspark.io.images.ImageListing;
import org.retinaspark.io.images.UnitColumns;

/**
 * The keys of all rows of tables whose rows go by their own, read before any image is: they have to
 * be unlike each other, and tell what a run that goes on has done already, however the tables were
 * written anew in between.
 */
public final class TableKeys {

  /** The row's key; of {@link #PART} the unit's. */
  public static final String KEY = "key";

  /** The row's number in its file, or {@link #PART}. */
  public static final String ROW = "row";

  /** Whether the unit could not be read to its end; told with {@link #PART}. */
  public static final String UNREADABLE = "unreadable";

  /** Stands for a number where a whole unit is meant; each has one such entry. */
  public static final long PART = -1;

  private static final StructType SCHEMA =
      new StructType()
          .add(UnitColumns.IMAGE, StringType, false)
          .add(KEY, StringType)
          .add(ROW, LongType, false)
          .add(UNREADABLE, BooleanType, false);

  private static final int EXAMPLES = 3;
  private static final String NUMBER = "number";

  private TableKeys() {}

  /**
   * Reads them all, to a folder.
   *
   * @param listing of tables alone
   * @return an entry a row, with the key of its unit as {@link UnitColumns#IMAGE}
   * @throws UnusableLocationException if a row has no key, or two have the same
   */
  public static Dataset<Row> read(
      SparkSession spark, ImageListing listing, ImageReader reader, Path folder) {
    int tasks =
        Math.toIntExact(
            Math.max(
                1,
                Math.min(listing.units().count(), 8L * spark.sparkContext().defaultParallelism())));
    spark
        .createDataFrame(
            listing.units().repartition(tasks).toJavaRDD().flatMap(new OfUnit(reader)), SCHEMA)
        .write()
        .parquet(folder.toString());
    Dataset<Row> keys = spark.read().schema(SCHEMA).parquet(folder.toString());
    requireKeys(keys.where(col(ROW).notEqual(PART)));
    return keys;
  }

  private static void requireKeys(Dataset<Row> rows) {
    Row counted =
        rows.groupBy(xxhash64(col(KEY)))
            .agg(
                count(KEY).as(NUMBER),
                count_if(col(KEY).isNull().or(col(KEY).equalTo(""))).as("missing"))
            .agg(max(NUMBER), max("missing"))
            .head();
    if (counted.isNullAt(0)) {
      return; // no rows
    }
    if (counted.getLong(1) > 0) {
      Row example = rows.where(col(KEY).isNull().or(col(KEY).equalTo(""))).head();
      throw new UnusableLocationException(
          ("%d rows of the input have no key, such as row %d of '%s': nothing was done. Name"
                  + " another column with --key-column, or give --keys path, where rows without a"
                  + " key get numbers")
              .formatted(counted.getLong(1), example.getLong(2), example.getString(0)));
    }
    if (counted.getLong(0) > 1) {
      refuseRepeated(rows);
    }
  }

  private static void refuseRepeated(Dataset<Row> rows) {
    Column place = struct(col(UnitColumns.IMAGE), col(ROW));
    Dataset<Row> repeated =
        rows.groupBy(KEY)
            .agg(count(lit(1)).as(NUMBER), min(place), max(place))
            .where(col(NUMBER).gt(1));
    long keys = repeated.count();
    if (keys == 0) {
      return; // two keys of one hash
    }
    List<Row> examples = repeated.orderBy(KEY).limit(EXAMPLES).collectAsList();
    throw new UnusableLocationException(
        ("the input gives %d keys more than once: %s%s: nothing was done, since rows could not be"
                + " told apart. Name another column with --key-column, or give --keys path, which"
                + " puts the table's file before the key")
            .formatted(
                keys,
                examples.stream().map(TableKeys::places).collect(Collectors.joining(", ")),
                keys > EXAMPLES ? ", ..." : ""));
  }

  private static String places(Row repeated) {
    return "'%s' (row %d of '%s' and row %d of '%s')"
        .formatted(
            repeated.getString(0),
            repeated.getStruct(2).getLong(1),
            repeated.getStruct(2).getString(0),
            repeated.getStruct(3).getLong(1),
            repeated.getStruct(3).getString(0));
  }

  /** The entries of a unit. */
  private static final class OfUnit implements FlatMapFunction<Row, Row> {

    private static final long serialVersionUID = 1L;

    private final ImageReader reader;

    OfUnit(ImageReader reader) {
      this.reader = reader;
    }

    @Override
    public Iterator<Row> call(Row unit) {
      return new Entries(new UnitColumns.Reader().file(unit), reader);
    }
  }

  /** What can't be read to its end is the matter of who reads its images: here it is noted. */
  private static final class Entries implements Iterator<Row> {

    private final ImageFile unit;
    private final ImageReader reader;
    private @Nullable TableNames names;
    private @Nullable Row next;
    private boolean ended;

    Entries(ImageFile unit, ImageReader reader) {
      this.unit = unit;
      this.reader = reader;
    }

    @Override
    public boolean hasNext() {
      if (next == null && !ended) {
        next = advance();
      }
      return next != null;
    }

    @Override
    public Row next() {
      if (!hasNext() || next == null) {
        throw new NoSuchElementException();
      }
      Row given = next;
      next = null;
      return given;
    }

    private Row advance() {
      try {
        TableNames open = names == null ? reader.names(unit) : names;
        names = open;
        if (open.advance()) {
          return RowFactory.create(unit.image(), open.name(), open.number(), false);
        }
        open.close();
        return last(false);
      } catch (IOException | RuntimeException failure) {
        close();
        if (Retry.isInterruption(failure)) {
          throw new UncheckedIOException(new IOException(failure));
        }
        return last(true);
      }
    }

    private void close() {
      TableNames open = names;
      names = null;
      if (open != null) {
        try {
          open.close();
        } catch (IOException nothingLost) {
          // The table is unreadable already.
        }
      }
    }

    private Row last(boolean unreadable) {
      ended = true;
      return RowFactory.create(unit.image(), unit.image(), PART, unreadable);
    }
  }
}
