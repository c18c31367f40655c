package org.retinaspark.job.detect;

import java.util.regex.Pattern;

/**
 * Passwords in locations. Locations are written into tables, manifests, logs and Spark's web pages,
 * so that a password in one would be there for all to read.
 */
final class Credentials {

  /** {@code scheme://…:…}, unless a colon is followed by a port only. */
  private static final Pattern PASSWORD =
      Pattern.compile("^[a-zA-Z][a-zA-Z0-9+.-]*://[^/\\[]*:(?!\\d+(/|$)).*");

  private Credentials() {}

  /**
   * Checks a location.
   *
   * @throws IllegalArgumentException naming the option, and not the location
   */
  static void requireNone(String option, String location) {
    if (PASSWORD.matcher(location).matches()) {
      throw new IllegalArgumentException(
          option
              + " has a password between '//' and the host, which the table and the logs would"
              + " show. Give credentials by the provider chain of the store (environment, profile,"
              + " role)");
    }
  }
}
