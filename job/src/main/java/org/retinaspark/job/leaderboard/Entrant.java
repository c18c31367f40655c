package org.retinaspark.job.leaderboard;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.retinaspark.udf.catalogue.KnownModel;
import org.retinaspark.udf.catalogue.PublishedAccuracy;

/**
 * A model that takes part.
 *
 * @param label what it is called in the table, unlike all others
 * @param folder what its folder and file at the output are called, unlike all others
 * @param location the file that runs
 * @param sha256 digest of the file that was given
 * @param bytes of that file
 * @param family how its outputs are read
 * @param known the published file that it is or was made of, if that is known
 * @param opening what was done, or couldn't be, to a file that takes one size only; null where any
 *     size will do
 */
record Entrant(
    String label,
    String folder,
    String location,
    String sha256,
    long bytes,
    String family,
    @Nullable KnownModel known,
    @Nullable String opening) {

  /** Its licence, as far as it is known. */
  String licence() {
    return known == null ? "unknown" : known.licence();
  }

  /** What it is, as far as that is known. */
  String description() {
    if (known == null) {
      return "unknown";
    }
    return known.sha256().equals(sha256)
        ? known.description()
        : "made of %s: %s".formatted(known.name(), known.description());
  }

  /** What was published for its weights under a protocol. */
  Optional<PublishedAccuracy> published(String protocol) {
    return known == null
        ? Optional.empty()
        : known.accuracy().stream()
            .filter(accuracy -> accuracy.protocol().equals(protocol))
            .findFirst();
  }

  /**
   * The same, after a file that takes one size was to be made to take any.
   *
   * @param running the file that runs
   * @param end what became of it
   */
  Entrant opened(String running, String end) {
    return new Entrant(label, folder, running, sha256, bytes, family, known, opening + "; " + end);
  }

  /** The same by another label. */
  Entrant labelled(String other) {
    return new Entrant(other, folder, location, sha256, bytes, family, known, opening);
  }
}
