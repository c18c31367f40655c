package org.retinaspark.io.samples;

import java.io.Serializable;
import java.util.List;

/**
 * The samples of an image, in the order in which they were written.
 *
 * @param image the key
 */
public record ImageSamples(String image, List<Sample> samples) implements Serializable {

  /** Keeps an unmodifiable list. */
  public ImageSamples {
    samples = List.copyOf(samples);
  }

  /** The samples of faces alone. */
  public ImageSamples positives() {
    return new ImageSamples(
        image, samples.stream().filter(sample -> sample.face() != Sample.NO_FACE).toList());
  }
}
