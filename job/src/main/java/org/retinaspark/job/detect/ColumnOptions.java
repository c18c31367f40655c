package org.retinaspark.job.detect;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.retinaspark.io.facetable.TableLayout;
import org.retinaspark.job.UsageException;
import org.retinaspark.job.model.MeshModelFile;
import org.retinaspark.job.model.RecognitionArguments;
import org.retinaspark.udf.spark.ColumnDetection;
import org.retinaspark.udf.spark.DetectCounters;
import org.retinaspark.udf.spark.DetectFaces;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The options of {@code detect} for images that are in a column already: those that say what is
 * found, and how it is computed, and none of storage.
 */
public final class ColumnOptions {

  private static final String DASHES = "--";

  /** Where options are declared that may be of a column. */
  private static final Set<Class<?>> DECLARING =
      Set.of(
          NetworkOptions.class,
          RecognitionArguments.class,
          ProtocolOptions.class,
          DetectConfig.class,
          DetailOptions.class,
          ReadingOptions.class);

  /** Those that are of files or of a table after all. */
  private static final Set<String> OF_STORAGE =
      Set.of("name-encoding", "retry-time", "partition-size", "mix-providers");

  private ColumnOptions() {}

  /**
   * A detection on a column. Reads the models and sends them to the executors.
   *
   * @param options by their names without dashes
   * @throws UsageException naming the option that is unknown or can't be met
   */
  public static ColumnDetection detection(SparkSession spark, Map<String, String> options) {
    DetectionSetup setup = DetectionSetup.of(spark, config(options), null);
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    Map<String, String> told = new TreeMap<>(options);
    told.put("model", setup.model().description().sha256());
    setup
        .second()
        .map(MeshModelFile::model)
        .ifPresent(mesh -> told.put("mesh-model", mesh.sha256()));
    return new ColumnDetection(
        told.toString(),
        setup.settings(),
        DetectFaces.schema(
            setup.settings(), setup.details().kinds(), TableLayout.IMAGES, new StructType()),
        context.broadcast(setup.model().content()),
        DetectCounters.register(spark.sparkContext()));
  }

  /**
   * What these options say.
   *
   * @throws UsageException naming the option that is unknown or wrong
   */
  static DetectConfig config(Map<String, String> options) {
    Set<String> names = names();
    // picocli wants what a column hasn't.
    List<String> arguments = new ArrayList<>(List.of("--input", "column", "--output", "column"));
    options.forEach(
        (name, value) -> {
          if (!names.contains(name)) {
            throw new UsageException(
                "'%s' is no option of detection on a column: nothing was read. There are %s"
                    .formatted(name, String.join(", ", names)));
          }
          arguments.add(DASHES + name + "=" + value);
        });
    try {
      return DetectConfig.of(arguments.toArray(String[]::new));
    } catch (CommandLine.ParameterException wrong) {
      throw new UsageException(wrong.getMessage() + ": nothing was read", wrong);
    }
  }

  /** The options that there are, in the order of the alphabet, without dashes. */
  static Set<String> names() {
    Set<String> names = new TreeSet<>();
    for (OptionSpec option : CommandSpec.forAnnotatedObject(new DetectConfig()).options()) {
      if (option.userObject() instanceof Field field
          && DECLARING.contains(field.getDeclaringClass())) {
        names.add(option.longestName().substring(DASHES.length()));
      }
    }
    names.removeAll(OF_STORAGE);
    return names;
  }
}
