package org.retinaspark.udf.train.sampling;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import org.retinaspark.udf.detect.AnchorLevel;
import org.retinaspark.udf.detect.InvalidOutputException;
import org.retinaspark.udf.detect.Placement;
import org.retinaspark.udf.heads.LinearHead;
import org.retinaspark.udf.train.matching.AnchorPlace;

/**
 * What the heads of a network saw of one input: of each level {@code [channels, rows, columns]}.
 */
final class FeatureMaps {

  private final List<FloatBuffer> maps;
  private final int[] columns;
  private final int[] cells;
  private final int channels;

  /**
   * The maps of an input.
   *
   * @param maps of the levels, finest first
   * @throws InvalidOutputException if they don't have the cells of the levels
   */
  FeatureMaps(List<AnchorLevel> levels, Placement input, List<FloatBuffer> maps) {
    this.maps = maps;
    this.columns = new int[levels.size()];
    this.cells = new int[levels.size()];
    for (int level = 0; level < cells.length; level++) {
      columns[level] = levels.get(level).cells(input.tensorWidth());
      cells[level] = columns[level] * levels.get(level).cells(input.tensorHeight());
    }
    this.channels = maps.get(0).limit() / cells[0];
    for (int level = 0; level < cells.length; level++) {
      if (channels == 0 || maps.get(level).limit() != (long) channels * cells[level]) {
        throw new InvalidOutputException(
            "feature map %d has %d values for an input of %dx%d, where %d cells of %d channels are"
                .formatted(
                    level,
                    maps.get(level).limit(),
                    input.tensorWidth(),
                    input.tensorHeight(),
                    cells[level],
                    channels));
      }
    }
  }

  /** Cells of a level. */
  int cells(int level) {
    return cells[level];
  }

  /**
   * The features of an anchor's cell.
   *
   * @throws InvalidOutputException if one is not finite
   */
  float[] at(AnchorPlace place) {
    FloatBuffer map = maps.get(place.level());
    int cell = place.row() * columns[place.level()] + place.column();
    float[] features = new float[channels];
    for (int channel = 0; channel < channels; channel++) {
      float feature = map.get(channel * cells[place.level()] + cell);
      if (!Float.isFinite(feature)) {
        throw new InvalidOutputException("the network gave a feature that is not finite");
      }
      features[channel] = feature;
    }
    return features;
  }

  /**
   * How much a head of classes takes each anchor of a level for a face: its logit of a face less
   * that of background, {@code [sizes, cells]}.
   *
   * @throws InvalidOutputException if the head is for other features
   */
  float[][] margins(int level, LinearHead head) {
    if (head.levels() != cells.length || head.channels(level) != channels) {
      throw new InvalidOutputException(
          "the network has %d levels of %d channels, but hard negatives are to be found by a head"
                  .formatted(cells.length, channels)
              + " for %d of %d".formatted(head.levels(), head.channels(level)));
    }
    float[] weights = head.weights().get(level);
    float[] biases = head.biases().get(level);
    float[][] margins = new float[head.sizes(level)][cells[level]];
    for (int size = 0; size < margins.length; size++) {
      Arrays.fill(margins[size], biases[size * 2 + 1] - biases[size * 2]);
    }
    float[] plane = new float[cells[level]];
    for (int channel = 0; channel < channels; channel++) {
      maps.get(level).get(channel * plane.length, plane);
      for (int size = 0; size < margins.length; size++) {
        int background = size * 2 * channels + channel;
        addTimes(margins[size], plane, weights[background + channels] - weights[background]);
      }
    }
    return margins;
  }

  /** Plain enough for the compiler to do several cells at once. */
  private static void addTimes(float[] sums, float[] values, float factor) {
    for (int cell = 0; cell < sums.length; cell++) {
      sums[cell] += values[cell] * factor;
    }
  }
}
