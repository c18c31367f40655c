package org.retinaspark.io.table;

import java.util.List;
import java.util.Optional;
import org.apache.spark.SparkThrowable;
import org.retinaspark.io.RootCause;
import org.retinaspark.io.UnusableLocationException;

/** What Spark says of a file that it can't read, in words that help. */
public final class DamagedRows {

  private static final int LONGEST = 300;

  private static final List<String> CONDITIONS = List.of("FAILED_READ_FILE", "PATH_NOT_FOUND");

  private DamagedRows() {}

  /** The error for a user, if that is why something failed. */
  public static Optional<UnusableLocationException> in(Throwable failure) {
    for (Throwable cause : RootCause.chain(failure)) {
      if (cause instanceof SparkThrowable spark && isOfAFile(spark)) {
        return Optional.of(unusable(spark.getMessageParameters().getOrDefault("path", ""), cause));
      }
    }
    return Optional.empty();
  }

  private static boolean isOfAFile(SparkThrowable failure) {
    String condition = failure.getCondition();
    return condition != null && CONDITIONS.stream().anyMatch(condition::startsWith);
  }

  private static UnusableLocationException unusable(String file, Throwable failure) {
    return new UnusableLocationException(
        "'%s' can't be read (%s): nothing was published or replaced. %s"
            .formatted(file, reason(failure), remedy(file)),
        failure);
  }

  private static String remedy(String file) {
    return TablePaths.isInDraft(file)
        ? "Give --resume, which looks at what was committed and does again what is damaged"
        : "Restore the file. One of a table may be deleted instead, if 'detect --resume' is given"
            + " then, which does its images again";
  }

  /** The first cause of a failure, in a line. */
  static String reason(Throwable failure) {
    Throwable first = RootCause.of(failure);
    String reason = first.getMessage() == null ? first.toString() : first.getMessage();
    String line = reason.lines().findFirst().orElse("");
    return line.length() > LONGEST ? line.substring(0, LONGEST) + "..." : line;
  }
}
