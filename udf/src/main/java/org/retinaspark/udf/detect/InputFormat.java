package org.retinaspark.udf.detect;

import java.io.Serializable;
import java.util.List;

/**
 * How pixels become the numbers of an input tensor {@code [batch, 3, height, width]}: {@code value
 * = (pixel - mean) * scale}, with the pixel from 0 to 255.
 *
 * @param channels order of the tensor's channels
 * @param mean subtracted from each channel, three values in the tensor's channel order
 * @param scale multiplied after the subtraction
 * @param multiple height and width of the tensor are multiples of it; 1 where any size will do
 */
public record InputFormat(ChannelOrder channels, List<Float> mean, float scale, int multiple)
    implements Serializable {

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if there aren't three finite means, or the scale or the
   *     multiple is not positive
   */
  public InputFormat {
    mean = List.copyOf(mean);
    if (mean.size() != Pixels.CHANNELS || !mean.stream().allMatch(Float::isFinite)) {
      throw new IllegalArgumentException("mean must be three finite numbers, not " + mean);
    }
    if (!(scale > 0) || !Float.isFinite(scale)) {
      throw new IllegalArgumentException("scale must be a positive number, not " + scale);
    }
    if (multiple < 1) {
      throw new IllegalArgumentException("multiple must be at least 1, not " + multiple);
    }
  }

  /** The smallest allowed tensor side that holds so many pixels. */
  int roundUp(int side) {
    return Math.multiplyExact(((side + multiple - 1) / multiple), multiple);
  }
}
