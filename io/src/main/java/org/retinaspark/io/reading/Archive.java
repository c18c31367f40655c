package org.retinaspark.io.reading;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The members of an archive, one after the other, and one by one where links lead to them. What
 * throws ends the archive; what is wrong with one member is told by its content.
 */
interface Archive extends Closeable {

  /** What a member is. */
  enum Kind {
    FILE,
    /** A folder, or what a tar says of itself. */
    FOLDER,
    /** Another name of a member, by its path in the archive. */
    HARD_LINK,
    /** A path, read from where the link stands. */
    SYMBOLIC_LINK,
    /** A pipe, a device, a part of a file that goes on elsewhere. */
    SPECIAL
  }

  /**
   * A member.
   *
   * @param place where it begins; members have different ones
   * @param name its path as the archive has it
   * @param length bytes of its content, as the archive says
   */
  record Member(long place, Kind kind, String name, long length) {}

  /**
   * The next member.
   *
   * @return nothing behind the last
   * @throws IOException if the archive can't be read on, or ends before its time
   */
  @Nullable Member next() throws IOException;

  /** A member again. No other may be asked for with {@link #next()} after that. */
  Member at(long place) throws IOException;

  /**
   * The content of the member that was given last, in memory already but unpacked when it is asked
   * for; may be asked for several times.
   *
   * @param limit a larger one fails
   */
  ImageContent content(long limit) throws IOException;

  /**
   * Where the link that was given last leads to.
   *
   * @throws UnreadableImageException if that can't be read, but other members can
   */
  String target() throws IOException;
}
