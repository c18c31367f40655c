package org.retinaspark.udf.input;

import java.util.List;
import org.retinaspark.udf.image.Pixels;

/** The order in which a network expects the colour channels of its input tensor. */
public enum ChannelOrder {
  /** Blue, green, red: the order of OpenCV and of {@link Pixels}. */
  BGR,
  /** Red, green, blue. */
  RGB;

  /** Which channel of the tensor a colour of {@link Pixels} is: blue 0, green 1, red 2. */
  int of(int colour) {
    return this == BGR ? colour : Pixels.CHANNELS - 1 - colour;
  }

  /** For each channel of the tensor the channel of {@link Pixels} that it is. */
  public List<Long> ofPixels() {
    return switch (this) {
      case BGR -> List.of(0L, 1L, 2L);
      case RGB -> List.of(2L, 1L, 0L);
    };
  }
}
