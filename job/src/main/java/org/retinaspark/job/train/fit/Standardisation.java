package org.retinaspark.job.train.fit;

import org.retinaspark.io.samples.SampleShape;

/**
 * The coordinates in which a loss is minimised: weights of features less their mean, by their
 * deviation, times the root of the anchor's share of all samples. So all directions curve alike,
 * and a ridge of one strength weighs the same against each anchor's mean loss.
 */
final class Standardisation {

  /** Below this deviation a feature is constant. */
  private static final double CONSTANT = 1e-9;

  private final SampleShape shape;
  private final int values;
  private final long[] rows;
  private final double total;
  private final double[] roots;
  private final double[][] means;
  private final double[][] deviations;

  /**
   * Of the sums of samples.
   *
   * @param values numbers that the head tells of an anchor
   */
  Standardisation(MomentSum layout, double[] sum, int values) {
    this.shape = layout.shape();
    this.values = values;
    int anchors = shape.anchors();
    int channels = shape.channels();
    rows = new long[anchors];
    roots = new double[anchors];
    means = new double[anchors][channels];
    deviations = new double[anchors][channels];
    double all = 0;
    for (int anchor = 0; anchor < anchors; anchor++) {
      all += sum[anchor * layout.lengthOfAnchor() + 1];
    }
    total = all;
    for (int anchor = 0; anchor < anchors; anchor++) {
      int at = anchor * layout.lengthOfAnchor();
      double weight = sum[at + 1];
      rows[anchor] = Math.round(sum[at]);
      roots[anchor] = weight > 0 ? Math.sqrt(weight / total) : 1;
      for (int channel = 0; channel < channels; channel++) {
        double mean = weight > 0 ? sum[at + MomentSum.HEAD + channel] / weight : 0;
        double square = weight > 0 ? sum[at + MomentSum.HEAD + channels + channel] / weight : 1;
        double deviation = Math.sqrt(Math.max(square - mean * mean, 0));
        means[anchor][channel] = mean;
        deviations[anchor][channel] = deviation > CONSTANT ? deviation : 1;
      }
    }
  }

  /** Samples of an anchor. */
  long rows(int anchor) {
    return rows[anchor];
  }

  /** The weight of all samples. */
  double total() {
    return total;
  }

  /** The head of some coordinates. */
  AnchorWeights weights(double[] point) {
    AnchorWeights weights = AnchorWeights.zero(shape, values);
    int channels = shape.channels();
    for (int anchor = 0; anchor < shape.anchors(); anchor++) {
      for (int value = 0; value < values; value++) {
        int at = weights.at(anchor, value);
        double bias = point[at + channels] / roots[anchor];
        for (int channel = 0; channel < channels; channel++) {
          double weight = point[at + channel] / (roots[anchor] * deviations[anchor][channel]);
          weights.numbers()[at + channel] = weight;
          bias -= weight * means[anchor][channel];
        }
        weights.numbers()[at + channels] = bias;
      }
    }
    return weights;
  }

  /** The coordinates of a head. */
  double[] point(AnchorWeights weights) {
    double[] point = new double[weights.numbers().length];
    int channels = shape.channels();
    for (int anchor = 0; anchor < shape.anchors(); anchor++) {
      for (int value = 0; value < values; value++) {
        int at = weights.at(anchor, value);
        double bias = weights.numbers()[at + channels];
        for (int channel = 0; channel < channels; channel++) {
          double weight = weights.numbers()[at + channel];
          point[at + channel] = weight * deviations[anchor][channel] * roots[anchor];
          bias += weight * means[anchor][channel];
        }
        point[at + channels] = bias * roots[anchor];
      }
    }
    return point;
  }

  /**
   * Turns a gradient by the weights of a head into one by the coordinates.
   *
   * @param gradient is overwritten
   */
  void turn(double[] gradient) {
    int channels = shape.channels();
    for (int line = 0; line < gradient.length / (channels + 1); line++) {
      int anchor = line / values;
      int at = line * (channels + 1);
      double bias = gradient[at + channels];
      for (int channel = 0; channel < channels; channel++) {
        gradient[at + channel] =
            (gradient[at + channel] - means[anchor][channel] * bias)
                / (deviations[anchor][channel] * roots[anchor]);
      }
      gradient[at + channels] = bias / roots[anchor];
    }
  }
}
