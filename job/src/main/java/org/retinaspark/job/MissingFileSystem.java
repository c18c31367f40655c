package org.retinaspark.job;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.hadoop.util.VersionInfo;
import org.retinaspark.io.RootCause;

/** Tells failures for want of a store's jars, which a plain Spark lacks, from all others. */
public final class MissingFileSystem {

  /** As Hadoop says of the class that a setting names. */
  private static final Pattern CLASS = Pattern.compile("Class (\\S+) not found");

  private static final String S3A = "org.apache.hadoop.fs.s3a.";
  private static final String AWS = "software/amazon/awssdk/";

  private MissingFileSystem() {}

  /** What is missing and what to do; empty if something else is wrong. */
  public static Optional<String> message(Throwable failure) {
    for (Throwable cause : RootCause.chain(failure)) {
      String text = String.valueOf(cause.getMessage());
      Matcher named = CLASS.matcher(text);
      if (cause instanceof UnsupportedFileSystemException) {
        return Optional.of(message(text, "the connector of that store"));
      }
      if (cause instanceof ClassNotFoundException && named.matches()) {
        return Optional.of(
            message(
                "class %s is not on the class path".formatted(named.group(1)),
                named.group(1).startsWith(S3A) ? s3() : "the jar that has it"));
      }
      if (cause instanceof NoClassDefFoundError && text.startsWith(AWS)) {
        return Optional.of(
            message("class %s is not on the class path".formatted(text.replace('/', '.')), s3()));
      }
    }
    return Optional.empty();
  }

  private static String message(String missing, String jars) {
    return "a location is on a file system that this Spark does not have (%s): nothing was done."
            .formatted(missing)
        + " Start spark-submit with %s, on --packages or --jars".formatted(jars);
  }

  /** The very line, with the version that goes with this Spark's Hadoop. */
  private static String s3() {
    return ("--packages org.apache.hadoop:hadoop-aws:%s --properties-file deploy/conf/s3a.conf"
            + " --load-spark-defaults (README.md, \"On a cluster\"): the jars of S3")
        .formatted(VersionInfo.getVersion());
  }
}
