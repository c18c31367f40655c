package org.retinaspark.udf.pipeline;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One image to look at.
 *
 * @param image the key: its path below the input root; of a member of an archive, the archive's
 *     path and its own
 * @param container the archive or table that holds it; absent for a loose file
 * @param uri where it is
 * @param length bytes; negative if they are known only once it is read
 * @param etag the store's version of it, if it has one
 * @param modified when it was last written, if the store says
 * @param carried values of the table's further columns, from a manifest
 * @param content its bytes
 */
public record ImageInput(
    String image,
    @Nullable String container,
    String uri,
    long length,
    @Nullable String etag,
    @Nullable Instant modified,
    List<@Nullable Object> carried,
    Content content) {

  /** A way to the bytes of one image file, taken when its turn comes. */
  @FunctionalInterface
  public interface Content {

    /**
     * Reads the whole file.
     *
     * @throws IOException if it can't be read; {@link java.io.FileNotFoundException}, {@link
     *     java.nio.file.AccessDeniedException} and {@link java.io.EOFException} get codes of their
     *     own in the row
     * @throws FailedImageException if it can't be read for a reason of another code
     */
    byte[] read() throws IOException;
  }
}
