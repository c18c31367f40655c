package org.retinaspark.job.detect;

import org.retinaspark.io.Secrets;

/**
 * Secrets in locations that the user gives. Locations are written into tables, manifests, logs and
 * Spark's web pages, so that a password in one would be there for all to read.
 */
final class Credentials {

  private Credentials() {}

  /**
   * Checks a location.
   *
   * @throws IllegalArgumentException naming the option, and not the location
   */
  static void requireNone(String option, String location) {
    if (Secrets.areIn(location)) {
      throw new IllegalArgumentException(
          option
              + " has a user, a password or a signature in it, which the table and the logs would"
              + " show. Give credentials by the provider chain of the store (environment, profile,"
              + " role)");
    }
  }
}
