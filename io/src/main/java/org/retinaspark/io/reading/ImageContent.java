package org.retinaspark.io.reading;

import java.io.IOException;

/** The bytes of one image, in memory already or read when they are asked for. */
@FunctionalInterface
public interface ImageContent {

  /**
   * All bytes; of a file of unknown length one more than allowed, if it is larger. To be called
   * once, by any thread.
   *
   * @throws java.io.FileNotFoundException if it is not there any more
   * @throws java.nio.file.AccessDeniedException if it may not be read
   * @throws java.io.EOFException if it ends before its time
   * @throws UnreadableImageException if a code of its own says why it can't be read
   * @throws IOException if it can't be read for another reason, or not within the time for retries
   */
  byte[] read() throws IOException;
}
