package org.retinaspark.udf.model;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import org.retinaspark.udf.detect.Placement;
import org.retinaspark.udf.image.Pixels;
import org.retinaspark.udf.input.InputFormat;

/**
 * Images of random pixels, of which every network is given the same, each in its own format.
 *
 * @param batch how many images
 * @param height rows of each
 * @param width columns of each
 * @param seed of the first image; that of the next is one more
 */
record RandomImages(int batch, int height, int width, int seed) {

  private static final int LEVELS = 256;

  /** Each image as it is. */
  Placement placement() {
    return new Placement(width, height, width, height, width, height);
  }

  /** All images, as one tensor in native byte order. */
  ByteBuffer tensor(InputFormat format) {
    int length = Math.toIntExact(format.layout().bytes(placement()));
    ByteBuffer tensor = ByteBuffer.allocate(Math.multiplyExact(batch, length));
    for (int image = 0; image < batch; image++) {
      format.fill(pixels(seed + image), placement(), tensor.slice(image * length, length));
    }
    return tensor;
  }

  private Pixels pixels(int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] bgr = new byte[Math.multiplyExact(width * Pixels.CHANNELS, height)];
    for (int index = 0; index < bgr.length; index++) {
      bgr[index] = (byte) random.nextInt(LEVELS);
    }
    return new Pixels(width, height, bgr);
  }
}
