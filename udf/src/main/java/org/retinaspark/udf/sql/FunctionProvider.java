package org.retinaspark.udf.sql;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.apache.spark.sql.SparkSession;
import org.retinaspark.udf.spark.ColumnDetection;

/**
 * What the functions need of who knows options, stores and evaluation: {@code job}, which this room
 * can't know, and which says by a {@link ServiceLoader} that it is there.
 */
public interface FunctionProvider {

  /**
   * A detection with these options.
   *
   * @param options by the names that they have on the command line, without dashes
   * @throws IllegalArgumentException if one is unknown or can't be met; the message is for the user
   */
  ColumnDetection detection(SparkSession spark, Map<String, String> options);

  /** Further functions. */
  List<SqlFunction> functions();

  /**
   * The one that came with the application.
   *
   * @throws IllegalStateException if none did
   */
  static FunctionProvider find() {
    // Of the jar that this class is in: Spark loads those of --jars by a loader of its own.
    Iterator<FunctionProvider> found =
        ServiceLoader.load(FunctionProvider.class, FunctionProvider.class.getClassLoader())
            .iterator();
    try {
      if (found.hasNext()) {
        return found.next();
      }
    } catch (ServiceConfigurationError broken) {
      throw new IllegalStateException(
          "RetinaSpark's functions can't be loaded (%s): use retinaspark.jar as it was built"
              .formatted(broken.getMessage()),
          broken);
    }
    throw new IllegalStateException(
        "RetinaSpark's job is not on the class path, and its functions need it: add"
            + " retinaspark.jar, which has all, with --jars or spark.jars");
  }
}
