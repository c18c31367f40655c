package org.retinaspark.io.reading;

import java.io.Serializable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.retinaspark.io.images.InputColumns;
import org.retinaspark.io.images.NameFilter;

/**
 * How executors read.
 *
 * @param filter which members of an archive are images
 * @param columns which columns of a table hold images and their names
 * @param maximumBytes a larger image is not read into memory
 * @param nameEncoding the encoding of names in archives that don't say theirs; nothing for what is
 *     usual
 * @param retryTime how long a read that fails for a passing reason is tried again
 */
public record ReadSettings(
    NameFilter filter,
    InputColumns columns,
    long maximumBytes,
    @Nullable String nameEncoding,
    Duration retryTime)
    implements Serializable {

  /** Bytes that one array holds in every JVM, and one more. */
  private static final long ARRAY_LIMIT = Integer.MAX_VALUE - 16;

  /** Takes no more than an array can hold. */
  public ReadSettings {
    maximumBytes = Math.min(maximumBytes, ARRAY_LIMIT);
  }
}
