package org.retinaspark.udf.image.decode;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.retinaspark.udf.image.DecodeException;

/**
 * The first frame of a WebP, as a simple file of its own: one {@code VP8} or {@code VP8L} chunk.
 * What the extended container adds (alpha, colour profile, metadata, animation) is of no use here,
 * and the reader would spend time on it and convert the colours.
 *
 * @param file the simple file
 * @param canvas where the frame lies on the image
 * @param complete whether the file is as long as its image chunk claims
 */
record WebpFrame(byte[] file, Canvas canvas, boolean complete) {

  private static final int RIFF_HEADER_BYTES = 12;
  private static final int CHUNK_HEADER_BYTES = 8;
  private static final int FOUR_LETTERS = 4;
  private static final long MAX_RIFF = 0xFFFFFFF6L;

  /**
   * The lossless reader takes so many bytes at once, also where an image of one colour has less.
   */
  private static final int READ_AHEAD = 16;

  private static final int FRAME_HEADER_BYTES = 16;
  private static final int EXTENDED_HEADER_BYTES = 10;

  /**
   * Cuts the first frame out of a file.
   *
   * @throws DecodeException {@code corrupt} if there is none
   */
  static WebpFrame of(byte[] content) throws DecodeException {
    Chunks chunks = Chunks.riff(content);
    int animated = chunks.find("ANMF");
    int extended = chunks.find("VP8X");
    if (animated == Chunks.ABSENT || extended == Chunks.ABSENT) {
      return simple(content, chunks, Canvas.OF_THE_FRAME);
    }
    if (content.length < animated + FRAME_HEADER_BYTES
        || content.length < extended + EXTENDED_HEADER_BYTES) {
      throw DecodeException.corrupt("the WebP ends inside a header: there is nothing to decode");
    }
    Canvas canvas =
        new Canvas(
            1 + unsigned24(content, extended + 4),
            1 + unsigned24(content, extended + 7),
            2 * unsigned24(content, animated),
            2 * unsigned24(content, animated + 3),
            0);
    return simple(content, Chunks.riff(content, animated + FRAME_HEADER_BYTES), canvas);
  }

  private static WebpFrame simple(byte[] content, Chunks chunks, Canvas canvas)
      throws DecodeException {
    int lossy = chunks.find("VP8 ");
    int payload = lossy == Chunks.ABSENT ? chunks.find("VP8L") : lossy;
    if (payload == Chunks.ABSENT) {
      throw DecodeException.corrupt("the WebP has no image chunk: there is nothing to decode");
    }
    int length = chunks.length(payload);
    long claimed = chunks.claimedLength(payload);
    boolean complete = length == claimed;
    int start = payload - CHUNK_HEADER_BYTES;
    if (start == RIFF_HEADER_BYTES && lossy != Chunks.ABSENT) {
      return new WebpFrame(content, canvas, complete);
    }
    int whole = RIFF_HEADER_BYTES + CHUNK_HEADER_BYTES + length + (length & 1);
    ByteBuffer file = ByteBuffer.allocate(whole + READ_AHEAD).order(ByteOrder.LITTLE_ENDIAN);
    file.put("RIFF".getBytes(StandardCharsets.US_ASCII));
    // Not cut where the file is: else libwebp takes it for damaged, not for one that ends early.
    file.putInt(
        (int) Math.min(FOUR_LETTERS + CHUNK_HEADER_BYTES + claimed + (claimed & 1), MAX_RIFF));
    file.put("WEBP".getBytes(StandardCharsets.US_ASCII));
    file.put(content, start, CHUNK_HEADER_BYTES + length);
    return new WebpFrame(file.array(), canvas, complete);
  }

  private static int unsigned24(byte[] content, int offset) {
    return Byte.toUnsignedInt(content[offset])
        | (Byte.toUnsignedInt(content[offset + 1]) << 8)
        | (Byte.toUnsignedInt(content[offset + 2]) << 16);
  }
}
