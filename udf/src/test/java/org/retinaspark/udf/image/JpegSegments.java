package org.retinaspark.udf.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** A JPEG's marker segments before its first scan, for tests that take some away. */
final class JpegSegments {

  static final int DHT = 0xC4;
  static final int DQT = 0xDB;
  private static final int SOS = 0xDA;

  private JpegSegments() {}

  /** The file without the segments of a kind. */
  static byte[] without(byte[] jpeg, int dropped) {
    ByteBuffer content = ByteBuffer.wrap(jpeg);
    ByteArrayOutputStream kept = new ByteArrayOutputStream();
    kept.write(jpeg, 0, 2);
    int position = 2;
    while (Byte.toUnsignedInt(jpeg[position + 1]) != SOS) {
      int length = 2 + Short.toUnsignedInt(content.getShort(position + 2));
      if (Byte.toUnsignedInt(jpeg[position + 1]) != dropped) {
        kept.write(jpeg, position, length);
      }
      position += length;
    }
    kept.write(jpeg, position, jpeg.length - position);
    return kept.toByteArray();
  }
}
