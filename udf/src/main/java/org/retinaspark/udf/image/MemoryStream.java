package org.retinaspark.udf.image;

import javax.imageio.stream.ImageInputStreamImpl;

/**
 * A file in memory, for ImageIO readers. It says that it is long: TwelveMonkeys' readers refuse an
 * image that is some thousand times as large as its file, which images of one colour and nearly
 * blank pages are. What an image may have is for {@link PixelLimit} to say, before it is read.
 */
final class MemoryStream extends ImageInputStreamImpl {

  private static final long CLAIMED_LENGTH = 1L << 40;
  private static final int BYTE = 0xFF;

  private final byte[] content;

  MemoryStream(byte[] content) {
    this.content = content;
  }

  @Override
  public int read() {
    bitOffset = 0;
    return streamPos < content.length ? content[(int) streamPos++] & BYTE : -1;
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    bitOffset = 0;
    int count = (int) Math.min(length, content.length - streamPos);
    if (count <= 0) {
      return length == 0 ? 0 : -1;
    }
    System.arraycopy(content, (int) streamPos, target, offset, count);
    streamPos += count;
    return count;
  }

  @Override
  public long length() {
    return CLAIMED_LENGTH;
  }
}
