package org.retinaspark.io.folders;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a store after one and up to another. Stores order keys by bytes of UTF-8, some by
 * UTF-16; the two differ only behind characters from U+D800 on, so no range is cut there.
 *
 * @param after the keys come after this one
 * @param until the last possible key; absent if there is no bound
 */
record KeyRange(String after, @Nullable String until) {

  /** What all cuts are below. */
  private static final char TOP = 0xd800;

  private static final char ASCII_TOP = 0x80;

  /** Keys have no control characters, which XML can't carry. */
  private static final char BOTTOM = 0x20;

  /** The longest key that S3 takes, in characters of one byte. */
  private static final int LONGEST = 1024;

  /** Whether a key comes before the end of the range. */
  boolean reaches(String key) {
    return until == null || key.compareTo(until) <= 0;
  }

  KeyRange upTo(String last) {
    return new KeyRange(after, last);
  }

  KeyRange from(String before) {
    return new KeyRange(before, until);
  }

  /**
   * A key within the range, about in the middle of all that could be there, which none has to be.
   * Empty if there is none, or none that is safe.
   *
   * @param shared the first so many characters are the same in all keys
   */
  Optional<String> middle(int shared) {
    int index = shared;
    boolean bounded = until != null;
    while (index < LONGEST) {
      char low = index < after.length() ? after.charAt(index) : BOTTOM - 1;
      char high = bounded ? bound(until, index) : low < ASCII_TOP - 2 ? ASCII_TOP : TOP;
      if (low >= TOP - 1 || high < low) {
        return Optional.empty();
      }
      if (high - low > 1) {
        char middle = (char) Math.max(BOTTOM, (low + high) / 2);
        return middle < high
            ? Optional.of(after.substring(0, Math.min(index, after.length())) + middle)
            : Optional.empty();
      }
      // Between neighbours there are only the keys that begin as the lower one does.
      bounded &= high == low;
      if (index >= after.length()) {
        return Optional.empty();
      }
      index++;
    }
    return Optional.empty();
  }

  private static char bound(@Nullable String until, int index) {
    return until == null || index >= until.length() ? 0 : (char) Math.min(until.charAt(index), TOP);
  }
}
