package org.retinaspark.udf.pipeline;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.retinaspark.udf.detect.Face;

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
 * @param known its faces, if somebody has found them before; the detector doesn't look then
 */
public record ImageInput(
    String image,
    @Nullable String container,
    String uri,
    long length,
    @Nullable String etag,
    @Nullable Instant modified,
    List<@Nullable Object> carried,
    Content content,
    @Nullable Known known) {

  /** An image of whose faces nothing is known. */
  public ImageInput(
      String image,
      @Nullable String container,
      String uri,
      long length,
      @Nullable String etag,
      @Nullable Instant modified,
      List<@Nullable Object> carried,
      Content content) {
    this(image, container, uri, length, etag, modified, carried, content, null);
  }

  /** The same image, of which somebody knows the faces. */
  public ImageInput knowing(Known faces) {
    return new ImageInput(image, container, uri, length, etag, modified, carried, content, faces);
  }

  /**
   * Faces that a detector found in an image before.
   *
   * @param width of the frame that they are in; in another one they are not the image's
   * @param height of the same frame
   * @param faces as they were found, best first
   */
  public record Known(int width, int height, List<Face> faces) {

    /** Keeps an unmodifiable copy. */
    public Known {
      faces = List.copyOf(faces);
    }
  }

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
