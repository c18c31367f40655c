package org.retinaspark.udf.image.decode;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The chunks of a PNG (length, name, payload, checksum; big-endian) or of a RIFF file such as WebP
 * (name, length, payload, padded to even; little-endian).
 */
final class Chunks {

  /** No chunk of that name. */
  static final int ABSENT = -1;

  private static final int NAME_BYTES = 4;
  private static final int HEADER_BYTES = 8;
  private static final int CHECKSUM_BYTES = 4;
  private static final int PNG_SIGNATURE_BYTES = 8;
  private static final int RIFF_HEADER_BYTES = 12;

  private final ByteBuffer content;
  private final int start;
  private final boolean png;

  private Chunks(byte[] content, ByteOrder order, int start, boolean png) {
    this.content = ByteBuffer.wrap(content).order(order);
    this.start = start;
    this.png = png;
  }

  static Chunks png(byte[] content) {
    return new Chunks(content, ByteOrder.BIG_ENDIAN, PNG_SIGNATURE_BYTES, true);
  }

  static Chunks riff(byte[] content) {
    return riff(content, RIFF_HEADER_BYTES);
  }

  /** The chunks inside another one: those of an animation frame. */
  static Chunks riff(byte[] content, int start) {
    return new Chunks(content, ByteOrder.LITTLE_ENDIAN, start, false);
  }

  /** Where the payload of the first chunk of a name starts, or {@link #ABSENT}. */
  int find(String name) {
    byte[] wanted = name.getBytes(StandardCharsets.US_ASCII);
    long position = start;
    while (position + HEADER_BYTES <= content.limit()) {
      int header = (int) position;
      int nameAt = png ? header + NAME_BYTES : header;
      if (content.slice(nameAt, NAME_BYTES).equals(ByteBuffer.wrap(wanted))) {
        return header + HEADER_BYTES;
      }
      long length = Integer.toUnsignedLong(content.getInt(png ? header : header + NAME_BYTES));
      position += HEADER_BYTES + (png ? length + CHECKSUM_BYTES : length + (length & 1));
    }
    return ABSENT;
  }

  /** The length of a chunk of a RIFF file as its header says. */
  long claimedLength(int payload) {
    return Integer.toUnsignedLong(content.getInt(payload - NAME_BYTES));
  }

  /** The length of a chunk of a RIFF file, cut at the end of the file. */
  int length(int payload) {
    return (int) Math.min(claimedLength(payload), content.limit() - payload);
  }
}
