package org.retinaspark.udf.input;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.retinaspark.udf.detect.Placement;
import org.retinaspark.udf.image.Pixels;

/**
 * How pixels become the numbers of an input tensor: {@code value = (pixel - mean) * scale}, with
 * the pixel from 0 to 255.
 *
 * @param layout how the numbers lie in the tensor
 * @param channels order of the tensor's channels
 * @param mean subtracted from each channel, three values in the tensor's channel order
 * @param scale multiplied after the subtraction
 */
public record InputFormat(TensorLayout layout, ChannelOrder channels, List<Float> mean, float scale)
    implements Serializable {

  private static final int LEVELS = 256;
  private static final List<Float> NO_MEAN = List.of(0f, 0f, 0f);

  /** The format of {@link TensorLayout#PIXELS}. */
  public static final InputFormat PIXELS =
      new InputFormat(TensorLayout.PIXELS, ChannelOrder.BGR, NO_MEAN, 1);

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if there aren't three finite means, or the scale is not
   *     positive, or a layout of pixels asks for other values than theirs
   */
  public InputFormat {
    mean = List.copyOf(mean);
    if (mean.size() != Pixels.CHANNELS || !mean.stream().allMatch(Float::isFinite)) {
      throw new IllegalArgumentException("mean must be three finite numbers, not " + mean);
    }
    if (!(scale > 0) || !Float.isFinite(scale)) {
      throw new IllegalArgumentException("scale must be a positive number, not " + scale);
    }
    if (layout == TensorLayout.PIXELS
        && !(channels == ChannelOrder.BGR && mean.equals(NO_MEAN) && scale == 1)) {
      throw new IllegalArgumentException(
          "pixels are BGR from 0 to 255, not %s, (pixel - %s) x %s"
              .formatted(channels, mean, scale));
    }
  }

  /** The same in another layout. */
  public InputFormat in(TensorLayout other) {
    return new InputFormat(other, channels, mean, scale);
  }

  /** A format of {@link TensorLayout#PLANES}. */
  public InputFormat(ChannelOrder channels, List<Float> mean, float scale) {
    this(TensorLayout.PLANES, channels, mean, scale);
  }

  /** What is subtracted from a colour of {@link Pixels}: blue 0, green 1, red 2. */
  float meanOf(int colour) {
    return mean.get(channels.of(colour));
  }

  /** The value of each level from 0 to 255 of blue, green and red. */
  float[][] values() {
    float[][] values = new float[Pixels.CHANNELS][LEVELS];
    for (int colour = 0; colour < values.length; colour++) {
      float mean = meanOf(colour);
      for (int level = 0; level < LEVELS; level++) {
        values[colour][level] = (level - mean) * scale;
      }
    }
    return values;
  }

  /**
   * Writes one network input.
   *
   * @param image the image
   * @param placement where it goes
   * @param tensor where the bytes of one input are written, from index 0 on and in native byte
   *     order whatever the order of the buffer
   */
  public void fill(Pixels image, Placement placement, ByteBuffer tensor) {
    ByteBuffer bytes = tensor.duplicate().clear().order(ByteOrder.nativeOrder());
    new TensorWriter(this, placement).write(image, bytes);
  }
}
