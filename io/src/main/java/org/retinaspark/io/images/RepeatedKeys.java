package org.retinaspark.io.images;

import java.util.ArrayList;
import java.util.List;
import org.retinaspark.io.UnusableLocationException;

/** Keys that a listing has more than once, which would make its rows ambiguous. */
final class RepeatedKeys {

  private static final int EXAMPLES = 3;

  private RepeatedKeys() {}

  /**
   * Looks for equal neighbours.
   *
   * @param files sorted by key
   * @throws UnusableLocationException naming some keys and where their files are, if there are any
   */
  static void refuse(List<ImageFile> files) {
    List<String> examples = new ArrayList<>();
    long count = 0;
    for (int index = 1; index < files.size(); index++) {
      ImageFile file = files.get(index);
      ImageFile before = files.get(index - 1);
      if (file.image().equals(before.image())) {
        count++;
        if (examples.size() < EXAMPLES) {
          examples.add("'%s' (%s and %s)".formatted(file.image(), before.uri(), file.uri()));
        }
      }
    }
    if (count > 0) {
      throw new UnusableLocationException(
          ("the inputs give %d keys more than once: %s%s. Nothing was read, since rows could not be"
                  + " told apart. Give a folder above them as one --input, or name each image once")
              .formatted(
                  count, String.join(", ", examples), count > examples.size() ? ", ..." : ""));
    }
  }
}
