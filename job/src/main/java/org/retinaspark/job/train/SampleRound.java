package org.retinaspark.job.train;

import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.retinaspark.io.facetable.TableCounts;
import org.retinaspark.io.samples.SampleCensus;

/**
 * The samples of one look at all photos.
 *
 * @param number of the round, from 0 on
 * @param table where they are
 * @param origin whether they were there already
 * @param rows a row a photo
 * @param photos how many, and why some failed
 * @param census what samples there are
 */
record SampleRound(
    int number,
    String table,
    Origin origin,
    Dataset<Row> rows,
    TableCounts photos,
    SampleCensus census) {

  /** Code of photos that no label names. */
  private static final String UNLABELLED = "unlabelled";

  /** Code of photos that an evaluation asks about. */
  static final String HELD_OUT = "held_out";

  /** How samples came about. */
  enum Origin {
    /** This run looked at the photos. */
    TAKEN,
    /** An earlier one did. */
    FOUND
  }

  /** Photos that no label names. */
  long unlabelled() {
    return count(UNLABELLED);
  }

  /** Photos that nothing may be learnt from. */
  long heldOut() {
    return count(HELD_OUT);
  }

  /** Photos with labels. */
  long labelled() {
    return photos.images() - unlabelled();
  }

  /** Labelled photos that could not be looked at. */
  long failed() {
    return photos.failed() - unlabelled() - heldOut();
  }

  private long count(String code) {
    return photos.failures().entrySet().stream()
        .filter(failure -> failure.getKey().endsWith("/" + code))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }
}
