package org.retinaspark.job.crop;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.retinaspark.udf.crop.Similarity;
import org.retinaspark.udf.image.Pixels;

/** What a crop of a quarter of the size is made of. */
class CropSamplingTest {

  private static final int SIDE = 64;
  private static final int SIZE = 16;

  @Test
  void bilinearTakesThePixelsAroundOnePlaceAndAreaTheMean() {
    Similarity quarter = new Similarity(0.25, 0, 0, 0);
    byte[] around = CropSampling.BILINEAR.crop(stripes(), quarter, SIZE).bgr();
    byte[] mean = CropSampling.AREA.crop(stripes(), quarter, SIZE).bgr();
    int middle = (SIZE * SIZE / 2 + SIZE / 2) * Pixels.CHANNELS;
    assertThat(around[middle] & 0xFF).isEqualTo(255);
    assertThat(mean[middle] & 0xFF).isBetween(127, 128);
  }

  /** Of four columns the two in the middle are white. */
  private static Pixels stripes() {
    byte[] bgr = new byte[SIDE * SIDE * Pixels.CHANNELS];
    for (int at = 0; at < bgr.length; at++) {
      int column = at / Pixels.CHANNELS % SIDE;
      bgr[at] = (byte) (column % 4 == 1 || column % 4 == 2 ? 255 : 0);
    }
    return new Pixels(SIDE, SIDE, bgr);
  }
}
