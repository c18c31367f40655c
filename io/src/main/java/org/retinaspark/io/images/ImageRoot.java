package org.retinaspark.io.images;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the files of one input have in common.
 *
 * @param prefix what is before each path to make it a URI; ends with a slash, or is empty
 * @param format what is in each file
 * @param within the folders that no path or link may lead out of, since somebody else than the user
 *     named the files; empty if the user did
 * @param refusal why none of the files may be opened, to be put after their URIs; absent if they
 *     may be
 */
public record ImageRoot(
    String prefix, FileFormat format, List<String> within, @Nullable String refusal)
    implements Serializable {

  /** Keeps an unmodifiable copy. */
  public ImageRoot {
    within = List.copyOf(within);
  }

  /** That of files which the user named, or which were found in folders that he named. */
  public ImageRoot(String prefix, FileFormat format) {
    this(prefix, format, List.of(), null);
  }
}
