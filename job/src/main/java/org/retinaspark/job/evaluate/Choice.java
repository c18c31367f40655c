package org.retinaspark.job.evaluate;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.retinaspark.job.UsageException;

/** One of the words that an option may have. */
final class Choice {

  private Choice() {}

  /**
   * The constant that a word names, whatever its case, with a dash for an underscore.
   *
   * @throws UsageException with all words, if it names none
   */
  static <E extends Enum<E>> E of(Class<E> type, String option, String name) {
    E[] choices = type.getEnumConstants();
    for (E choice : choices) {
      if (label(choice).equals(name.toLowerCase(Locale.ROOT))) {
        return choice;
      }
    }
    throw new UsageException(
        "%s '%s' is unknown; it may be %s"
            .formatted(
                option,
                name,
                Arrays.stream(choices).map(Choice::label).collect(Collectors.joining(", "))));
  }

  /** The word of a constant. */
  static String label(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
