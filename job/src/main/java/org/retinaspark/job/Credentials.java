package org.retinaspark.job;

import java.util.List;
import org.retinaspark.io.Secrets;

/**
 * Secrets in locations that the user gives to any command. Locations are written into tables,
 * manifests, logs and Spark's web pages, so that a password in one would be there for all to read.
 */
final class Credentials {

  private Credentials() {}

  /**
   * Checks a command line.
   *
   * @throws IllegalArgumentException naming the option, and not the location
   */
  static void requireNone(List<String> arguments) {
    String option = "an argument";
    for (String argument : arguments) {
      if (argument.startsWith("--")) {
        option = argument.replaceFirst("(?s)=.*", "");
      }
      if (Secrets.areIn(argument)) {
        throw new IllegalArgumentException(
            option
                + " has a user, a password or a signature in it, which the table and the logs would"
                + " show: nothing was done. Give credentials by the provider chain of the store"
                + " (environment, profile, role)");
      }
    }
  }
}
