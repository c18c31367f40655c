package org.retinaspark.udf.image;

/** The supported formats, told apart by their first bytes; a file's name does not matter. */
public enum ImageFormat {
  JPEG,
  PNG,
  GIF,
  BMP,
  TIFF,
  WEBP;

  /**
   * The format of a file.
   *
   * @throws DecodeException {@code empty} or {@code unknown_format}
   */
  public static ImageFormat of(byte[] content) throws DecodeException {
    if (content.length == 0) {
      throw new DecodeException(
          DecodeException.EMPTY, "the file has no bytes: there is nothing to decode");
    }
    if (startsWith(content, 0, 0xFF, 0xD8, 0xFF)) {
      return JPEG;
    }
    if (startsWith(content, 0, 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n')) {
      return PNG;
    }
    if (startsWith(content, 0, 'G', 'I', 'F', '8')) {
      return GIF;
    }
    if (startsWith(content, 0, 'B', 'M')) {
      return BMP;
    }
    if (startsWith(content, 0, 'I', 'I', 42, 0) || startsWith(content, 0, 'M', 'M', 0, 42)) {
      return TIFF;
    }
    if (startsWith(content, 0, 'R', 'I', 'F', 'F') && startsWith(content, 8, 'W', 'E', 'B', 'P')) {
      return WEBP;
    }
    // None of its bytes: a file that is no image may be any file, and rows are for many eyes.
    throw new DecodeException(
        DecodeException.UNKNOWN_FORMAT,
        "the file's first bytes are those of none of JPEG, PNG, GIF, BMP, TIFF and WebP: it is not"
            + " decoded");
  }

  private static boolean startsWith(byte[] content, int offset, int... magic) {
    if (content.length < offset + magic.length) {
      return false;
    }
    for (int i = 0; i < magic.length; i++) {
      if (Byte.toUnsignedInt(content[offset + i]) != magic[i]) {
        return false;
      }
    }
    return true;
  }
}
