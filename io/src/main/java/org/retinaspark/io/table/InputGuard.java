package org.retinaspark.io.table;

import java.util.HashMap;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FilterFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.util.SerializableConfiguration;
import org.retinaspark.io.Place;
import org.retinaspark.io.UnusableLocationException;
import org.retinaspark.io.images.UnitColumns;

/**
 * Keeps what a run reads out of the folder that it writes.
 *
 * @param location of the output, as the user has it
 * @param output the folder
 */
record InputGuard(String location, Path output, Configuration hadoop) {

  /**
   * Checks an input, which need not be there.
   *
   * @throws UnusableLocationException if it lies in the output
   */
  void require(String input) {
    if (place().holds(Place.of(input, hadoop))) {
      throw refusal(input);
    }
  }

  /**
   * Checks all files of a listing.
   *
   * @throws UnusableLocationException naming one that lies in the output
   */
  void requireAll(Dataset<Row> units) {
    Broadcast<SerializableConfiguration> settings =
        JavaSparkContext.fromSparkContext(units.sparkSession().sparkContext())
            .broadcast(new SerializableConfiguration(hadoop));
    List<Row> within = units.filter(new Within(place(), settings)).takeAsList(1);
    if (!within.isEmpty()) {
      throw refusal(new UnitColumns.Reader().file(within.get(0)).uri());
    }
  }

  private Place place() {
    return Place.of(output.toString(), hadoop);
  }

  private UnusableLocationException refusal(String input) {
    return new UnusableLocationException(
        ("output '%s' holds the input '%s', which writing would destroy: nothing was done."
                + " Choose another --output")
            .formatted(location, input));
  }

  /**
   * Asks the disk once a folder whether it lies in the output, and not for each file: a listing has
   * a few folders after each other. Used by one task.
   */
  private static final class Within implements FilterFunction<Row> {

    private static final long serialVersionUID = 1L;

    /** Folders that are remembered. */
    private static final int MOST_FOLDERS = 1000;

    private final Place output;
    private final Broadcast<SerializableConfiguration> hadoop;
    private final HashMap<Place, Boolean> folders = new HashMap<>();

    Within(Place output, Broadcast<SerializableConfiguration> hadoop) {
      this.output = output;
      this.hadoop = hadoop;
    }

    @Override
    public boolean call(Row unit) {
      try {
        String uri = new UnitColumns.Reader().file(unit).uri();
        Place file = Place.of(uri, hadoop.value().value());
        if (folders.size() >= MOST_FOLDERS) {
          folders.clear();
        }
        return file.equals(output) || folders.computeIfAbsent(file.folder(), output::holds);
      } catch (UnusableLocationException unreadable) {
        return false; // what a manifest names may be no location; reading it says so
      }
    }
  }
}
