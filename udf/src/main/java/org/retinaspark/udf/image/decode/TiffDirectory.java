package org.retinaspark.udf.image.decode;

import com.drew.imaging.tiff.TiffProcessingException;
import com.drew.imaging.tiff.TiffReader;
import com.drew.lang.ByteArrayReader;
import com.drew.lang.RandomAccessReader;
import com.drew.metadata.Directory;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.tiff.DirectoryTiffHandler;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The first directory of a TIFF structure (a TIFF file, or the EXIF block of another format), read
 * by metadata-extractor. Only short entries are kept: a long one can't be a tag that is asked for,
 * and thousands of entries that all claim the whole file would fill the memory.
 */
final class TiffDirectory extends DirectoryTiffHandler {

  private static final int TIFF_MAGIC = 42;
  private static final int SUB_IFDS = 0x014A;
  private static final int EXIF_IFD = 0x8769;
  private static final int GPS_IFD = 0x8825;
  private static final int INTEROPERABILITY_IFD = 0xA005;

  /** BitsPerSample of a handful of samples is the longest entry that is asked for. */
  private static final int MAX_ENTRY_BYTES = 64;

  private final Directory first = new ExifIFD0Directory();
  private final Set<Integer> linked;
  private int depth;
  private long entryBytes;

  private TiffDirectory(Set<Integer> linked) {
    super(new Metadata(), null);
    this.linked = linked;
    _currentDirectory = first;
  }

  /**
   * Reads the first directory only.
   *
   * @param start where the byte order mark stands; offsets count from there
   * @return what could be read; empty if the structure is broken
   */
  static TiffDirectory first(byte[] content, int start) {
    return read(content, start, Set.of());
  }

  /** Reads the first directory of a TIFF file, and adds up the entries of all that it links to. */
  static TiffDirectory withLinked(byte[] content) {
    return read(content, 0, Set.of(SUB_IFDS, EXIF_IFD, GPS_IFD, INTEROPERABILITY_IFD));
  }

  private static TiffDirectory read(byte[] content, int start, Set<Integer> linked) {
    TiffDirectory directory = new TiffDirectory(linked);
    try {
      new TiffReader().processTiff(new ByteArrayReader(content, start), directory, 0);
    } catch (TiffProcessingException | IOException | RuntimeException | StackOverflowError e) {
      // The block is broken from here on; what was read before stands.
      return directory;
    }
    return directory;
  }

  /** The integer value of a tag, or the default when it is absent or not a single integer. */
  int integer(int tag, int absent) {
    Integer value = first.getInteger(tag);
    return value == null ? absent : value;
  }

  /** The integer values of a tag; empty when it is absent. */
  int[] integers(int tag) {
    int[] values = first.getIntArray(tag);
    return values == null ? new int[0] : values;
  }

  /** What all entries claim to hold together; a reader that loads them all takes at least this. */
  long entryBytes() {
    return entryBytes;
  }

  @Override
  public void setTiffMarker(int marker) throws TiffProcessingException {
    if (marker != TIFF_MAGIC) {
      throw new TiffProcessingException("TIFF marker " + marker);
    }
  }

  @Override
  public boolean tryEnterSubIfd(int tagId) {
    if (linked.contains(tagId)) {
      depth++;
      return true;
    }
    return false;
  }

  @Override
  public boolean hasFollowerIfd() {
    if (linked.isEmpty()) {
      return false;
    }
    depth++;
    return true;
  }

  @Override
  public void endingIFD() {
    // Unlike DirectoryTiffHandler, which drops the directory here: the first one is read later.
    depth--;
  }

  @Override
  public @Nullable Long tryCustomProcessFormat(int tagId, int formatCode, long componentCount) {
    return null;
  }

  @Override
  public boolean customProcessTag(
      int tagOffset,
      Set<Integer> processedIfdOffsets,
      int tiffHeaderOffset,
      RandomAccessReader reader,
      int tagId,
      int byteCount) {
    entryBytes += byteCount;
    return depth > 0 || byteCount > MAX_ENTRY_BYTES || first.containsTag(tagId);
  }
}
