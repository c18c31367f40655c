package org.retinaspark.udf.image.decode;

import com.drew.metadata.exif.ExifDirectoryBase;
import org.retinaspark.udf.image.jpeg.JpegStructure;
import org.retinaspark.udf.image.jpeg.JpegStructure.Segment;

/**
 * Finds the EXIF orientation (tag 0x0112 of the first directory, EXIF 2.32 section 4.6.4). Whatever
 * is wrong with an EXIF block, the image counts as upright: people want the face, not the tag.
 */
final class ExifOrientation {

  static final int UPRIGHT = 1;

  private static final int LAST = 8;
  private static final int APP1 = 0xE1;
  private static final byte[] EXIF = {'E', 'x', 'i', 'f', 0, 0};

  private ExifOrientation() {}

  /** The orientation in the first EXIF segment of a JPEG. */
  static int ofJpeg(byte[] content, JpegStructure structure) {
    for (Segment segment : structure.metadata()) {
      if (segment.marker() == APP1 && hasExifName(content, segment.payload(), segment.end())) {
        return ofBlock(content, segment.payload() + EXIF.length);
      }
    }
    return UPRIGHT;
  }

  /** The orientation in the {@code eXIf} chunk of a PNG. */
  static int ofPng(byte[] content) {
    int start = Chunks.png(content).find("eXIf");
    return start == Chunks.ABSENT ? UPRIGHT : ofBlock(content, start);
  }

  /**
   * The orientation in the {@code EXIF} chunk of a WebP, with or without the name JPEG gives it.
   */
  static int ofWebp(byte[] content) {
    int start = Chunks.riff(content).find("EXIF");
    if (start == Chunks.ABSENT) {
      return UPRIGHT;
    }
    boolean named = hasExifName(content, start, content.length);
    return ofBlock(content, named ? start + EXIF.length : start);
  }

  /** The orientation in a TIFF structure that starts at an offset. */
  static int ofBlock(byte[] content, int start) {
    int value =
        TiffDirectory.first(content, start).integer(ExifDirectoryBase.TAG_ORIENTATION, UPRIGHT);
    return value < UPRIGHT || value > LAST ? UPRIGHT : value;
  }

  private static boolean hasExifName(byte[] content, int start, int end) {
    if (end - start < EXIF.length) {
      return false;
    }
    for (int i = 0; i < EXIF.length; i++) {
      if (content[start + i] != EXIF[i]) {
        return false;
      }
    }
    return true;
  }
}
