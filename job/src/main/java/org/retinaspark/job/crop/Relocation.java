package org.retinaspark.job.crop;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/**
 * Where the files of a table's images lie now.
 *
 * @param from the inputs of the run that made the table, in full
 * @param to where each lies now, in full; none if they lie where they did
 */
record Relocation(List<String> from, List<String> to) implements Serializable {

  /** All where the table says. */
  static final Relocation NONE = new Relocation(List.of(), List.of());

  /**
   * Keeps unmodifiable copies.
   *
   * @throws IllegalArgumentException if they are not as many
   */
  Relocation {
    from = List.copyOf(from);
    to = List.copyOf(to);
    if (from.size() != to.size()) {
      throw new IllegalArgumentException(
          "--input has %d locations, and the run that made the table had %d: %s"
              .formatted(to.size(), from.size(), from));
    }
  }

  /** Where a file is; empty if it lay in none of the inputs. */
  Optional<String> of(String uri) {
    if (to.isEmpty()) {
      return Optional.of(uri);
    }
    for (int input = 0; input < from.size(); input++) {
      String folder = from.get(input);
      String rest = uri.startsWith(folder) ? uri.substring(folder.length()) : null;
      if (rest != null && (rest.isEmpty() || rest.startsWith("/") || folder.endsWith("/"))) {
        return Optional.of(to.get(input) + rest);
      }
    }
    return Optional.empty();
  }
}
