package org.retinaspark.job.doctor;

import java.util.List;
import org.apache.hadoop.util.VersionInfo;
import org.retinaspark.job.Build;

/**
 * Whether the Spark on the class path is the one that this was built for.
 *
 * @param found its version
 * @param built the version that this was built with
 * @param hadoop version of its Hadoop
 */
record SparkCheck(String found, String built, String hadoop) implements Check {

  static SparkCheck here() {
    return new SparkCheck(
        org.apache.spark.package$.MODULE$.SPARK_VERSION(),
        Build.current().spark(),
        VersionInfo.getVersion());
  }

  @Override
  public String subject() {
    return "Spark";
  }

  @Override
  public List<Finding> look() {
    String versions = "%s with Hadoop %s, built for %s".formatted(found, hadoop, built);
    if (line(found).equals(line(built))) {
      return List.of(Finding.ok(subject(), versions));
    }
    String remedy = "use a Spark %s, or build RetinaSpark with -Dspark.version=%s and its tests";
    return List.of(
        major(found).equals(major(built))
            ? Finding.warning(
                subject(),
                versions,
                "nobody tried this pair; methods of Spark may be missing in the middle of a run",
                remedy.formatted(line(built), found))
            : Finding.problem(
                subject(),
                versions,
                "classes of Spark differ between major versions: a run ends with a LinkageError",
                remedy.formatted(line(built), found)));
  }

  private static String major(String version) {
    return version.split("\\.", 2)[0];
  }

  /** Major and minor version; patches keep Spark's interfaces. */
  private static String line(String version) {
    String[] parts = version.split("\\.", 3);
    return parts.length < 2 ? version : parts[0] + "." + parts[1];
  }
}
