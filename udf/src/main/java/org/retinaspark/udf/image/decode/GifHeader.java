package org.retinaspark.udf.image.decode;

import org.retinaspark.udf.image.DecodeException;

/**
 * The screen of a GIF and the place of its first frame on it (GIF89a specification, sections 18 to
 * 20).
 */
final class GifHeader {

  private static final int SCREEN = 6;
  private static final int GLOBAL_TABLE = 13;
  private static final int EXTENSION = 0x21;
  private static final int FRAME = 0x2C;
  private static final int FRAME_BYTES = 9;

  private final byte[] content;

  private GifHeader(byte[] content) {
    this.content = content;
  }

  /**
   * The canvas of a file, in the background colour that the file asks for.
   *
   * @throws DecodeException {@code corrupt} if there is no frame
   */
  static Canvas canvas(byte[] content) throws DecodeException {
    return new GifHeader(content).canvas();
  }

  private Canvas canvas() throws DecodeException {
    if (content.length < GLOBAL_TABLE) {
      throw noFrame();
    }
    int flags = at(SCREEN + 4);
    int colours = (flags & 0x80) == 0 ? 0 : 2 << (flags & 7);
    int background = at(SCREEN + 5);
    int colour = 0;
    if (background < colours) {
      int entry = GLOBAL_TABLE + 3 * background;
      colour = (at(entry) << 16) | (at(entry + 1) << 8) | at(entry + 2);
    }
    int frame = firstFrame(GLOBAL_TABLE + 3 * colours);
    int left = unsignedShort(frame);
    int top = unsignedShort(frame + 2);
    // A frame that sticks out enlarges the screen, as browsers have it: some encoders write 0x0.
    return new Canvas(
        Math.max(unsignedShort(SCREEN), left + unsignedShort(frame + 4)),
        Math.max(unsignedShort(SCREEN + 2), top + unsignedShort(frame + 6)),
        left,
        top,
        colour);
  }

  private int firstFrame(int start) throws DecodeException {
    int position = start;
    while (position + FRAME_BYTES < content.length) {
      int block = at(position);
      if (block == FRAME) {
        return position + 1;
      }
      if (block != EXTENSION) {
        break;
      }
      position += 2;
      while (position < content.length && content[position] != 0) {
        position += 1 + at(position);
      }
      position++;
    }
    throw noFrame();
  }

  private static DecodeException noFrame() {
    return DecodeException.corrupt("the GIF has no frame: there is nothing to decode");
  }

  private int at(int offset) throws DecodeException {
    if (offset >= content.length) {
      throw noFrame();
    }
    return Byte.toUnsignedInt(content[offset]);
  }

  private int unsignedShort(int offset) throws DecodeException {
    return at(offset) | (at(offset + 1) << 8);
  }
}
