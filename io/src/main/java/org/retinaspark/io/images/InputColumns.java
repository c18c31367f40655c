package org.retinaspark.io.images;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which columns of a manifest or table say what; a column that is not named is found by the usual
 * names. A dot leads into a struct.
 *
 * @param path a manifest's column of image paths; by default the first of {@code path}, {@code
 *     uri}, {@code image}, {@code file_name}
 * @param content a table's column of image files; by default the only one of bytes
 * @param key a table's column of image names; by default the first of {@code path}, {@code uri},
 *     {@code key}, {@code id}, {@code file_name}, {@code image.path}, and row numbers without any
 * @param keys what becomes of these names, and of those of archives' members
 * @param carried the columns of a table that go through to the output: their names, or {@code all}
 *     alone; empty for none
 */
public record InputColumns(
    @Nullable String path,
    @Nullable String content,
    @Nullable String key,
    KeyRule keys,
    List<String> carried)
    implements Serializable {

  /** Keeps an unmodifiable copy. */
  public InputColumns {
    carried = List.copyOf(carried);
  }

  /** All found by the usual names. */
  public static final InputColumns USUAL = new InputColumns(null, null, null);

  /** Those of these names, keys as they are by default, and none carried. */
  public InputColumns(@Nullable String path, @Nullable String content, @Nullable String key) {
    this(path, content, key, KeyRule.AUTO, List.of());
  }

  /** The same, with another rule for keys. */
  public InputColumns with(KeyRule rule) {
    return new InputColumns(path, content, key, rule, carried);
  }
}
