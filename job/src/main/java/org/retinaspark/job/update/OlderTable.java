package org.retinaspark.job.update;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.retinaspark.io.Place;
import org.retinaspark.io.UnusableLocationException;
import org.retinaspark.io.table.TableLocation;
import org.retinaspark.job.UsageException;

/**
 * A table that a new one is made from. It is only read.
 *
 * @param location where it is, as the user has it
 * @param settings what made it
 * @param origin what a new table says of it
 * @param rows all of them
 */
public record OlderTable(String location, JsonNode settings, Origin origin, Dataset<Row> rows) {

  /**
   * Which table it is.
   *
   * @param table where it is, qualified
   * @param run what the run is called that made it
   * @param manifestSha256 digest of its {@code _run.json}, which lists its files
   */
  public record Origin(String table, String run, String manifestSha256) {}

  /**
   * Opens it.
   *
   * @param output where the new table will be
   * @throws UsageException if one would lie in the other, or nobody knows what made it
   * @throws UnusableLocationException if there is no table, or it isn't whole
   */
  public static OlderTable open(SparkSession spark, String location, String output) {
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    requireApart(Place.of(location, hadoop), Place.of(output, hadoop), location, output);
    TableLocation table = TableLocation.of(location, hadoop);
    Dataset<Row> rows = table.read(spark);
    JsonNode settings =
        table
            .manifest()
            .orElseThrow(
                () ->
                    new UsageException(
                        ("the table '%s' of --update has no _run.json, so that nobody knows what"
                                + " made it: nothing was done. Restore the file, or make a new"
                                + " table without --update")
                            .formatted(location)));
    try {
      Origin origin =
          new Origin(table.uri(), settings.path("run").asText(), table.manifestDigest());
      return new OlderTable(location, settings, origin, rows);
    } catch (IOException failure) {
      throw UnusableLocationException.because(location, failure);
    }
  }

  private static void requireApart(Place table, Place output, String location, String given) {
    if (table.equals(output) || table.holds(output) || output.holds(table)) {
      throw new UsageException(
          ("--output '%s' and the table '%s' of --update lie in each other: nothing was done, since"
                  + " an update makes a new table and leaves the old one as it is. Choose another"
                  + " --output, or add what is missing in place with --resume")
              .formatted(given, location));
    }
  }
}
