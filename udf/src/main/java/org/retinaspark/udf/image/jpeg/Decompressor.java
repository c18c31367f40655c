package org.retinaspark.udf.image.jpeg;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import org.jspecify.annotations.Nullable;
import org.retinaspark.udf.image.DecodeException;
import org.retinaspark.udf.image.Pixels;

/**
 * Owns one TurboJPEG decompressor, for one file: libjpeg keeps the quantisation and Huffman tables
 * of one file for the next that lacks them, and there is no call that drops them.
 */
final class Decompressor implements AutoCloseable {

  private @Nullable Pointer handle;

  /**
   * Opens a decompressor without tables.
   *
   * @throws IllegalStateException if the library gives none
   */
  Decompressor() {
    handle = TurboJpeg.tjInitDecompress();
    if (handle == null) {
      throw new IllegalStateException("TurboJPEG gave no decompressor: is the memory used up?");
    }
  }

  /**
   * Writes all pixels of a file.
   *
   * @param size of the file in bytes
   * @param pixels room for the scaled size, in BGR or, for four components, CMYK
   * @return whether the library found the data damaged
   * @throws DecodeException if not all pixels could be written
   */
  boolean decompress(Memory jpeg, int size, JpegStructure structure, DctScale scale, Memory pixels)
      throws DecodeException {
    Pointer open = open();
    checkSize(open, jpeg, size, structure);
    boolean inks = structure.isInks();
    int width = scale.of(structure.width());
    // TurboJPEG takes the largest scale that fits into this width and height.
    int status =
        TurboJpeg.tjDecompress2(
            open,
            jpeg,
            size,
            pixels,
            width,
            width * (inks ? structure.colour().components() : Pixels.CHANNELS),
            scale.of(structure.height()),
            inks ? TurboJpeg.CMYK : TurboJpeg.BGR,
            TurboJpeg.ACCURATE_DCT);
    if (status == 0) {
      return false;
    }
    // Its error code says "warning" as well when an error came after one and ended the work.
    String message = TurboJpeg.tjGetErrorStr2(open);
    if (!JpegMessages.isWarning(message)) {
      throw JpegMessages.failure(message);
    }
    return true;
  }

  /** Pixels of another size would leave some of the memory as it was before. */
  private static void checkSize(Pointer open, Memory jpeg, int size, JpegStructure structure)
      throws DecodeException {
    IntByReference width = new IntByReference();
    IntByReference height = new IntByReference();
    int status =
        TurboJpeg.tjDecompressHeader3(
            open, jpeg, size, width, height, new IntByReference(), new IntByReference());
    boolean known = width.getValue() > 0 && height.getValue() > 0;
    if (status != 0 && !known) {
      throw JpegMessages.failure(TurboJpeg.tjGetErrorStr2(open));
    }
    structure.checkSize(width.getValue(), height.getValue());
  }

  private Pointer open() {
    if (handle == null) {
      throw new IllegalStateException("the decompressor is closed");
    }
    return handle;
  }

  @Override
  public void close() {
    if (handle != null) {
      TurboJpeg.tjDestroy(handle);
      handle = null;
    }
  }
}
