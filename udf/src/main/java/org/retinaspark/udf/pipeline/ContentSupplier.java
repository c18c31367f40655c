package org.retinaspark.udf.pipeline;

import java.io.IOException;

/** A way to the bytes of one image file, taken when its turn comes. */
@FunctionalInterface
public interface ContentSupplier {

  /**
   * Reads the whole file.
   *
   * @throws IOException if it can't be read; {@link java.io.FileNotFoundException}, {@link
   *     java.nio.file.AccessDeniedException} and {@link java.io.EOFException} get codes of their
   *     own in the row
   */
  byte[] read() throws IOException;
}
