package org.retinaspark.udf.image.jpeg;

import org.retinaspark.udf.image.DecodeException;
import org.retinaspark.udf.image.DecodedFrame;

/**
 * Decodes JPEG into BGR; all implementations give the same pixels. Used by one thread at a time.
 */
public interface JpegDecoder extends AutoCloseable {

  /**
   * Decodes a file to pixels that are valid until the next one is decoded.
   *
   * @param structure the file and what its markers say; its size has passed the limit
   * @param least the size that the pixels must have at least; a decoder may give them in full
   * @throws DecodeException if there are no pixels
   */
  DecodedFrame decode(JpegStructure structure, DctScale least) throws DecodeException;

  @Override
  void close();
}
