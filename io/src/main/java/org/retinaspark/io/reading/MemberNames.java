package org.retinaspark.io.reading;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.apache.commons.codec.digest.MurmurHash3;
import org.jspecify.annotations.Nullable;

/**
 * The names of an archive's members: each key once, and where the last file of a path is. Holds
 * hashes, since an archive may have millions of names of any length: two names of one hash would
 * give the second a number that it needn't have.
 */
final class MemberNames {

  /** Some 400 MB of memory. */
  private static final int LIMIT = 1 << 22;

  private static final class Seen {
    /** The number that the next member of this name gets; 0 if it is no key yet. */
    private int next;

    private @Nullable Long place;
  }

  private final Map<Long, Seen> names = new HashMap<>();

  /** A name that is no other member's: the name itself, or with a number if it was there before. */
  String once(String path) throws IOException {
    Seen seen = seen(path);
    String unique = path;
    Seen candidate = seen;
    while (candidate.next != 0) {
      unique = path + "#" + seen.next++;
      candidate = seen(unique);
    }
    candidate.next = 2;
    return unique;
  }

  /** Notes where a file of a path is. */
  void put(String path, long place) throws IOException {
    seen(path).place = place;
  }

  /** Where the last file of a path is, of those noted so far. */
  @Nullable Long place(String path) {
    Seen seen = names.get(hash(path));
    return seen == null ? null : seen.place;
  }

  private Seen seen(String path) throws IOException {
    Seen seen = names.computeIfAbsent(hash(path), absent -> new Seen());
    if (names.size() > LIMIT) {
      throw new UnreadableImageException(
          UnreadableImageException.UNSUPPORTED,
          ("it has more than %d members: what is behind '%s' was not read. Pack it into several"
                  + " archives")
              .formatted(LIMIT, path));
    }
    return seen;
  }

  private static long hash(String path) {
    return MurmurHash3.hash128x64(path.getBytes(StandardCharsets.UTF_8))[0];
  }

  /** A path without what would lead out of the archive, or nowhere. */
  static String inside(String path) {
    Deque<String> parts = new ArrayDeque<>();
    for (String part : path.split("/", -1)) {
      if (part.equals("..")) {
        parts.pollLast();
      } else if (!part.isEmpty() && !part.equals(".")) {
        parts.addLast(part);
      }
    }
    return String.join("/", parts);
  }
}
