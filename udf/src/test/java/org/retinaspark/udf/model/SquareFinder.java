package org.retinaspark.udf.model;

import java.util.Collections;
import java.util.List;
import org.retinaspark.udf.graph.NetworkBuilder;

/**
 * The part that the tiny networks share: finds bright squares on dark ground. At a stride, for
 * squares of so many cells a side, a cell answers if the square that is centred on the cell is
 * bright and the ring of cells around that square is dark. Squares that aren't centred on a cell of
 * their stride may be missed.
 */
final class SquareFinder {

  /** Brightness, from 0 to 1, that a square needs if its surroundings are black. */
  private static final float NEEDED = 0.8f;

  /** How much brightness around the square counts against it. */
  private static final float AGAINST = 3;

  /** Steepness: a full white square on black scores 1 / (1 + exp(-2 * 15 * 0.2)) = 0.9975. */
  private static final float STEEPNESS = 15;

  private final NetworkBuilder network;
  private final String brightness;

  /**
   * Adds the brightness of every pixel, from 0 for black to 1 for white.
   *
   * @param value the network's input
   * @param mean what had been subtracted from each channel of it
   * @param scale what had been multiplied after that
   */
  SquareFinder(NetworkBuilder network, String value, List<Float> mean, float scale) {
    this.network = network;
    float weight = 1 / (3 * 255f * scale);
    float bias = (mean.get(0) + mean.get(1) + mean.get(2)) / (3 * 255f);
    this.brightness =
        network.convolution(
            value,
            network.floats(List.of(1L, 3L, 1L, 1L), weight, weight, weight),
            network.floats(List.of(1L), bias),
            1,
            1,
            0,
            0);
  }

  /** The mean brightness of each cell, {@code [batch, 1, ceil(height / s), ceil(width / s)]}. */
  String cells(int stride) {
    float[] mean = new float[stride * stride];
    java.util.Arrays.fill(mean, 1f / mean.length);
    // Padding the end by stride - 1 keeps the cells at the top left and a partial cell at the end.
    return network.convolution(
        brightness,
        network.floats(List.of(1L, 1L, (long) stride, (long) stride), mean),
        network.floats(List.of(1L), 0),
        stride,
        stride,
        0,
        stride - 1);
  }

  /**
   * Half the logit of "a square of so many cells stands here", times a factor for each output
   * channel.
   *
   * @param squares for each channel the side of its square in cells, even
   * @param factors for each channel 1, or -1 for the logit of "no square"
   */
  String logits(String cells, int[] squares, float... factors) {
    int reach = 0;
    for (int square : squares) {
      reach = Math.max(reach, square / 2 + 1);
    }
    int kernel = 2 * reach + 1;
    float[] weights = new float[squares.length * kernel * kernel];
    float[] bias = new float[squares.length];
    for (int channel = 0; channel < squares.length; channel++) {
      float factor = STEEPNESS * factors[channel];
      bias[channel] = -NEEDED * factor;
      int half = squares[channel] / 2;
      int inside = (2 * half - 1) * (2 * half - 1);
      int around = 8 * (half + 1);
      for (int y = -reach; y <= reach; y++) {
        for (int x = -reach; x <= reach; x++) {
          int distance = Math.max(Math.abs(x), Math.abs(y));
          int at = (channel * kernel + y + reach) * kernel + x + reach;
          if (distance < half) {
            weights[at] = factor / inside;
          } else if (distance == half + 1) {
            weights[at] = -factor * AGAINST / around;
          }
        }
      }
    }
    return network.convolution(
        cells,
        network.floats(List.of((long) squares.length, 1L, (long) kernel, (long) kernel), weights),
        network.floats(List.of((long) squares.length), bias),
        kernel,
        1,
        reach,
        reach);
  }

  /** The same values at every cell, one a channel. */
  String everywhere(String cells, List<Float> values) {
    float[] bias = new float[values.size()];
    for (int channel = 0; channel < bias.length; channel++) {
      bias[channel] = values.get(channel);
    }
    return network.convolution(
        cells,
        network.floats(List.of((long) bias.length, 1L, 1L, 1L), new float[bias.length]),
        network.floats(List.of((long) bias.length), bias),
        1,
        1,
        0,
        0);
  }

  /** The values one after the other, so many times. */
  static List<Float> repeated(List<Float> values, int times) {
    return Collections.nCopies(times, values).stream().flatMap(List::stream).toList();
  }
}
