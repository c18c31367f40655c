package org.retinaspark.udf.image.decode;

import com.drew.metadata.exif.ExifDirectoryBase;
import java.util.Set;
import java.util.stream.IntStream;
import org.retinaspark.udf.image.DecodeException;
import org.retinaspark.udf.image.PixelLimit;

/**
 * Refuses the TIFFs that the reader can't or must not be given: it allocates whatever sizes a file
 * claims, and hands JPEG data to whichever JPEG reader ImageIO finds.
 */
final class TiffLimits {

  private static final int MAX_SAMPLES = 8;
  private static final int MAX_BITS = 16;
  private static final int JPEG = 7;
  private static final int OLD_JPEG = 6;
  private static final Set<Integer> JPEG_COMPRESSIONS = Set.of(OLD_JPEG, JPEG);

  /** A tile may stick out of a small image; TIFF 6.0 (section 15) wants multiples of 16. */
  private static final int MAX_TILE_MARGIN = 4096;

  /** Entries may overlap a little; a file whose entries claim many times its size is an attack. */
  private static final long ENTRY_FACTOR = 4;

  private static final long ENTRY_ALLOWANCE = 1 << 20;

  private TiffLimits() {}

  /**
   * Checks the first directory.
   *
   * @throws DecodeException {@code too_large}, {@code unsupported} or {@code corrupt}
   */
  static void check(byte[] content, PixelLimit limit) throws DecodeException {
    TiffDirectory directory = TiffDirectory.withLinked(content);
    if (directory.entryBytes() > ENTRY_FACTOR * content.length + ENTRY_ALLOWANCE) {
      throw DecodeException.corrupt(
          "the TIFF's %d bytes claim to hold entries of %d bytes: it is not decoded"
              .formatted(content.length, directory.entryBytes()));
    }
    int width = directory.integer(ExifDirectoryBase.TAG_IMAGE_WIDTH, 0);
    int height = directory.integer(ExifDirectoryBase.TAG_IMAGE_HEIGHT, 0);
    int samples = directory.integer(ExifDirectoryBase.TAG_SAMPLES_PER_PIXEL, 1);
    int bits =
        IntStream.of(directory.integers(ExifDirectoryBase.TAG_BITS_PER_SAMPLE)).max().orElse(1);
    if (samples < 1 || samples > MAX_SAMPLES || bits < 1 || bits > MAX_BITS) {
      throw DecodeException.unsupported(
          "the TIFF has %d samples of %d bits a pixel; up to %d of up to %d are decoded; convert it"
              .formatted(samples, bits, MAX_SAMPLES, MAX_BITS));
    }
    limit.check(width, height, samples);
    int compression = directory.integer(ExifDirectoryBase.TAG_COMPRESSION, 1);
    if (JPEG_COMPRESSIONS.contains(compression)) {
      throw DecodeException.unsupported(
          "the TIFF holds JPEG data (compression %d), which is not decoded; convert it"
              .formatted(compression));
    }
    checkTile(directory.integer(ExifDirectoryBase.TAG_TILE_WIDTH, 0), width);
    checkTile(directory.integer(ExifDirectoryBase.TAG_TILE_LENGTH, 0), height);
  }

  private static void checkTile(int tile, int image) throws DecodeException {
    if (tile < 0 || tile > (long) image + MAX_TILE_MARGIN) {
      throw DecodeException.corrupt(
          "the TIFF has tiles of %d pixels on a side of %d: it is not decoded"
              .formatted(tile, image));
    }
  }
}
