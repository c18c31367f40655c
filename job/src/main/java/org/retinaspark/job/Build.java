package org.retinaspark.job;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.spark.sql.SparkSession;

/**
 * Which build of RetinaSpark this is: what {@code --version} prints and every run manifest records.
 *
 * @param version Maven's version, such as {@code 0.1.0}
 * @param commit the full Git commit that was built, or {@code unknown} when it was built outside a
 *     Git checkout, for example from a source archive
 * @param spark the version of Spark that it was built with
 */
public record Build(String version, String commit, String spark) {

  private static final String RESOURCE = "build.properties";

  /**
   * The build that this class is part of.
   *
   * @throws IllegalStateException when the jar lacks its build properties, so wasn't made by Maven
   */
  public static Build current() {
    var properties = new Properties();
    try (InputStream resource = Build.class.getResourceAsStream(RESOURCE)) {
      if (resource == null) {
        throw missing(RESOURCE);
      }
      properties.load(resource);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Build(
        value(properties, "version"), value(properties, "commit"), value(properties, "spark"));
  }

  /** What a run's numbers depend on, by name: this build, Spark and Java. */
  public static Map<String, String> versions(SparkSession spark) {
    Build build = current();
    Map<String, String> versions = new TreeMap<>();
    versions.put("retinaspark", build.version());
    versions.put("retinasparkCommit", build.commit());
    versions.put("spark", spark.version());
    versions.put("java", Runtime.version().toString());
    return versions;
  }

  private static String value(Properties properties, String key) {
    String value = properties.getProperty(key);
    if (value == null) {
      throw missing(key + " in " + RESOURCE);
    }
    return value;
  }

  private static IllegalStateException missing(String what) {
    return new IllegalStateException(
        "no " + what + " beside " + Build.class.getName() + ": build it with Maven");
  }
}
