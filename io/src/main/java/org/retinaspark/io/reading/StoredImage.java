package org.retinaspark.io.reading;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.retinaspark.io.images.ImageFile;

/**
 * One image of a unit, on an executor; or what a file of many could not give, whose content then
 * tells why.
 *
 * @param image its key; of a member or row: its file's key, a slash, its name; or its name alone
 * @param container where the file of many is that holds it; absent for a loose file
 * @param uri where it is; of a member or row: its file's URI, {@code !/}, its name
 * @param length bytes; {@link ImageFile#UNKNOWN} if nobody said
 * @param modified when its file was last written, in milliseconds since the epoch; 0 if nobody said
 * @param etag the store's version of its file, if it has one
 * @param carried values of a manifest's further columns; empty if there are none
 * @param content its bytes
 */
public record StoredImage(
    String image,
    @Nullable String container,
    String uri,
    long length,
    long modified,
    @Nullable String etag,
    List<@Nullable Object> carried,
    ImageContent content) {

  /** What stands in a URI between a file of many and the name of an image inside. */
  public static final String INSIDE = "!/";

  /** The image that a file is. */
  static StoredImage of(ImageFile file, ImageContent content) {
    return new StoredImage(
        file.image(),
        null,
        file.uri(),
        file.length(),
        file.modified(),
        file.etag(),
        file.carried(),
        content);
  }

  /** What a file of many could not give: a row of its own, of unknown length. */
  static StoredImage lost(ImageFile file, ImageContent reason) {
    return new StoredImage(
        file.image(),
        null,
        file.uri(),
        ImageFile.UNKNOWN,
        file.modified(),
        file.etag(),
        file.carried(),
        reason);
  }

  /** An image inside a file of many. */
  static StoredImage inside(ImageFile file, String name, long length, ImageContent content) {
    return new StoredImage(
        file.image() + "/" + name,
        file.uri(),
        file.uri() + INSIDE + name,
        length,
        file.modified(),
        file.etag(),
        file.carried(),
        content);
  }

  /** The same with values of further columns. */
  StoredImage carrying(List<@Nullable Object> values) {
    return new StoredImage(image, container, uri, length, modified, etag, values, content);
  }

  /**
   * The same under its own name alone; what a file of many could not give keeps its file's key, and
   * has its file as its container.
   */
  StoredImage underOwnName(ImageFile file) {
    boolean lost = container == null;
    return new StoredImage(
        lost ? image : uri.substring(file.uri().length() + INSIDE.length()),
        file.uri(),
        uri,
        length,
        modified,
        etag,
        carried,
        content);
  }

  /**
   * The key of the unit that an image came from: of a member or row its file's, else its own.
   *
   * @param image the image's key
   * @param uri where it is
   */
  public static String unit(String image, String uri) {
    for (int at = uri.indexOf(INSIDE); at >= 0; at = uri.indexOf(INSIDE, at + 1)) {
      String name = "/" + uri.substring(at + INSIDE.length());
      if (image.endsWith(name)
          && uri.substring(0, at)
              .endsWith(file(image.substring(0, image.length() - name.length())))) {
        return image.substring(0, image.length() - name.length());
      }
    }
    return image;
  }

  /** A unit's path below its root, without the part of a table that it may be. */
  private static String file(String unit) {
    return unit.replaceFirst("@[0-9]+$", "");
  }
}
