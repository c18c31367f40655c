package org.retinaspark.job;

import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/**
 * How files get into a table on S3. Spark's usual committer renames, which S3 does by copying every
 * file; S3A's own ones don't, and Spark takes them by itself where it has its module for clouds.
 */
public final class S3Committer {

  private static final String PROTOCOL = "spark.sql.sources.commitProtocolClass";
  private static final String OF_CLOUDS =
      "org.apache.spark.internal.io.cloud.PathOutputCommitProtocol";
  private static final String NAME = "fs.s3a.committer.name";
  private static final String RENAMING = "file";

  private S3Committer() {}

  /** What to say of an output that would be written by renaming; empty if it won't. */
  public static Optional<String> warning(SparkSession spark, String output) {
    Path path = new Path(output);
    if (!"s3a".equals(path.toUri().getScheme())) {
      return Optional.empty();
    }
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    String bucket = "fs.s3a.bucket." + path.toUri().getAuthority() + ".committer.name";
    boolean renames =
        !spark.conf().get(PROTOCOL, "").equals(OF_CLOUDS)
            || hadoop.get(bucket, hadoop.get(NAME, RENAMING)).equals(RENAMING);
    return renames
        ? Optional.of(
            ("the output '%s' is written by Spark's rename committer, and S3 renames by copying:"
                    + " each file is copied once more, and a death while that goes on costs its"
                    + " chunk. For S3A's magic committer give spark-submit --properties-file"
                    + " deploy/conf/s3a.conf --load-spark-defaults, and don't set %s or %s"
                    + " otherwise")
                .formatted(output, PROTOCOL, NAME))
        : Optional.empty();
  }
}
