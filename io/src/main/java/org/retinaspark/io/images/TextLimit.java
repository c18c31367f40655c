package org.retinaspark.io.images;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Characters of UTF-8, of which a row has so many at most: a quote that is never closed would
 * gather the rest of a file in memory. Stumbles over what isn't UTF-8.
 */
final class TextLimit extends FilterReader {

  private static final int ROW = 1 << 24;
  private static final char BYTE_ORDER_MARK = '\ufeff';

  private int passed;

  private TextLimit(Reader in) {
    super(in);
  }

  /** The text of bytes, without a byte order mark. */
  static TextLimit over(InputStream in) throws IOException {
    PushbackReader text =
        new PushbackReader(new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder()));
    int first = text.read();
    if (first >= 0 && first != BYTE_ORDER_MARK) {
      text.unread(first);
    }
    return new TextLimit(text);
  }

  /** A row begins. */
  void begin() {
    passed = 0;
  }

  @Override
  public int read() throws IOException {
    char[] single = new char[1];
    return read(single, 0, 1) < 0 ? -1 : single[0];
  }

  @Override
  public int read(char[] buffer, int offset, int length) throws IOException {
    int count = in.read(buffer, offset, length);
    passed += Math.max(0, count);
    if (passed > ROW) {
      throw new IOException(
          "a row of the manifest has more than %d characters; is a quote not closed?"
              .formatted(ROW));
    }
    return count;
  }

  /** The number of the first line that isn't UTF-8. */
  static long firstBadLine(InputStream bytes) throws IOException {
    long line = 1;
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    try (BufferedInputStream in = new BufferedInputStream(bytes)) {
      for (int next = in.read(); next >= 0 && content.size() <= ROW; next = in.read()) {
        if (next == '\n') {
          if (!isText(content.toByteArray())) {
            return line;
          }
          content.reset();
          line++;
        } else {
          content.write(next);
        }
      }
    }
    return line;
  }

  private static boolean isText(byte[] line) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line));
      return true;
    } catch (CharacterCodingException otherText) {
      return false;
    }
  }
}
