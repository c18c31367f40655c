package org.retinaspark.udf.pipeline;

import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.retinaspark.udf.pipeline.time.TimeLimit;

/**
 * A unit between its opening and its last image: what has been read of it, and who reads it. Its
 * fields are guarded by the {@link ReadAhead} that it stands in.
 */
final class UnitReading {

  final ImageUnit unit;
  final TimeLimit limit;
  final Queue<ReadImage> read = new ArrayDeque<>();

  /** Who reads it, from its beginning to its end. */
  @Nullable Thread reader;

  /** The image that is being read; none while its file is asked for the next. */
  @Nullable ImageInput current;

  /** Bytes that count for it beside those of {@link #read}. */
  long reserved;

  boolean ended;

  UnitReading(ImageUnit unit, TimeLimit limit) {
    this.unit = unit;
    this.limit = limit;
  }

  /** The row of what is given up. */
  ReadImage givenUp(int leftBehind) {
    String rest =
        "; the thread that hangs was left behind, and %d of this executor do".formatted(leftBehind);
    if (current != null) {
      return ReadImage.failed(
          current, timeout("reading took longer than the %s%s".formatted(limit, rest)));
    }
    ImageInput lost = unit.lost();
    return ReadImage.failed(
        lost,
        timeout(
            ("'%s' gave no further image within the %s: what was read before has rows of its own,"
                    + " the others were not tried%s")
                .formatted(lost.uri(), limit, rest)));
  }

  private static Failure timeout(String message) {
    return new Failure(Failure.READ, "timeout", message);
  }
}
