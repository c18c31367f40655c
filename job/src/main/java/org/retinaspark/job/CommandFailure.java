package org.retinaspark.job;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.SparkThrowable;
import org.retinaspark.io.RootCause;
import org.retinaspark.io.UnusableLocationException;
import org.retinaspark.io.table.DamagedRows;
import org.retinaspark.udf.runtime.ProviderUnavailableException;

/**
 * What ended a command.
 *
 * @param status of the process
 * @param line that says why, in one sentence, without a trace
 */
public record CommandFailure(int status, String line) {

  /** Errors that are the user's to mend, and whose message says how. */
  private static final Set<Class<? extends Exception>> USER_ERRORS =
      Set.of(
          UsageException.class,
          UnusableLocationException.class,
          ProviderUnavailableException.class);

  /**
   * The user's error if there is one among the causes; else a fault, told by its first cause.
   *
   * @param remedy what to do after a fault that may pass, as "begin again"
   */
  public static CommandFailure of(Exception failure, String remedy) {
    Optional<String> missing = MissingFileSystem.message(failure);
    Optional<String> usage =
        missing.isPresent()
            ? missing
            : DamagedRows.in(failure).map(UnusableLocationException::getMessage);
    return usage
        .map(line -> new CommandFailure(ExitStatus.USAGE, line))
        .orElseGet(() -> ofCauses(failure, remedy));
  }

  private static CommandFailure ofCauses(Throwable failure, String remedy) {
    for (Throwable cause : RootCause.chain(failure)) {
      if (USER_ERRORS.contains(cause.getClass())) {
        return new CommandFailure(ExitStatus.USAGE, String.valueOf(cause.getMessage()));
      }
    }
    if (RootCause.of(failure) instanceof IOException) {
      return new CommandFailure(
          ExitStatus.FAULT,
          "%s (a fault of the disk, the store or the network; when it is mended, %s)"
              .formatted(sentence(failure), remedy));
    }
    return new CommandFailure(
        ExitStatus.FAULT, "%s (a fault of ours or of the cluster)".formatted(sentence(failure)));
  }

  /** Spark's messages hold whole traces, and what matters is at their bottom. */
  private static String sentence(Throwable failure) {
    String root = RootCause.text(failure);
    String own = String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    return failure instanceof SparkThrowable || root.contains(own)
        ? root
        : own.contains(root) ? own : own + ": " + root;
  }
}
