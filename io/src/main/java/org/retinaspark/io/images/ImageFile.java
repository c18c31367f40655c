package org.retinaspark.io.images;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.retinaspark.io.folders.FoundFile;

/**
 * A unit of work, and what its listing knows of it: one image, or a file of many (an archive, or a
 * range of a Parquet table). Small, since a driver holds millions of them: what files of one input
 * share is in their root.
 *
 * @param root what it shares with others
 * @param path below the root, with {@code /} between folders, unescaped
 * @param offset where its part of the file begins; 0 but for the further parts of large tables
 * @param length bytes of the whole file; {@link #UNKNOWN} if nobody said
 * @param modified when it was last written, in milliseconds since the epoch; 0 if nobody said
 * @param etag the store's version of it, if it has one
 * @param pixels width times height, if a manifest told both; 0 otherwise
 * @param carried values of a manifest's further columns, in the order of {@link
 *     ImageListing#carried}; empty if there are none
 * @param rows of a table, which of its rows are wanted; absent for all
 */
public record ImageFile(
    ImageRoot root,
    String path,
    long offset,
    long length,
    long modified,
    @Nullable String etag,
    long pixels,
    List<@Nullable Object> carried,
    @Nullable RowSelection rows)
    implements Serializable {

  /** The length of a file of which only a manifest without lengths tells. */
  public static final long UNKNOWN = FoundFile.UNKNOWN;

  /** What stands between the path of a table and where a further part of it begins. */
  static final String PART_MARK = "@";

  /** Bytes of a table that are one unit: a usual row group. */
  static final long PART = 1 << 26;

  /** Keeps an unmodifiable view, since values may be null. */
  public ImageFile {
    carried = carried.isEmpty() ? List.of() : Collections.unmodifiableList(carried);
  }

  /** All that is in a file. */
  public ImageFile(
      ImageRoot root,
      String path,
      long offset,
      long length,
      long modified,
      @Nullable String etag,
      long pixels,
      List<@Nullable Object> carried) {
    this(root, path, offset, length, modified, etag, pixels, carried, null);
  }

  /** A file that was listed in its folder. */
  public static ImageFile listed(
      ImageRoot root, String path, long length, long modified, @Nullable String etag) {
    return new ImageFile(root, path, 0, length, modified, etag, 0, List.of());
  }

  /** Its key, unique in a listing. */
  public String image() {
    return offset == 0 ? path : path + PART_MARK + offset;
  }

  /** The whole path, unescaped, as Hadoop's {@code Path} takes it. */
  public String uri() {
    return root.prefix() + path;
  }

  /** Bytes of its part of the file; {@link #UNKNOWN} if nobody said. */
  public long bytes() {
    return root.format() == FileFormat.TABLE ? Math.min(PART, length - offset) : length;
  }

  /** The units that the whole file makes: several if it is a large table, which can be cut. */
  public List<ImageFile> parts() {
    if (root.format() != FileFormat.TABLE || length <= PART) {
      return List.of(this);
    }
    List<ImageFile> parts = new ArrayList<>();
    for (long start = 0; start < length; start += PART) {
      parts.add(new ImageFile(root, path, start, length, modified, etag, pixels, carried));
    }
    return parts;
  }
}
