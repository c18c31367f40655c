package org.retinaspark.job.train.fit;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.linear.RealMatrix;
import org.retinaspark.io.samples.SampleShape;
import org.retinaspark.udf.heads.LinearHead;

/**
 * A head in double precision.
 *
 * @param values numbers that it tells of an anchor
 * @param numbers {@code [anchors, values, channels + 1]}, the bias behind the weights; shared, not
 *     copied
 */
record AnchorWeights(SampleShape shape, int values, double[] numbers) implements Serializable {

  /** A head of zeros. */
  static AnchorWeights zero(SampleShape shape, int values) {
    int length = shape.anchors() * values * (shape.channels() + 1);
    return new AnchorWeights(shape, values, new double[length]);
  }

  /** The numbers of a head. */
  static AnchorWeights of(SampleShape shape, LinearHead head) {
    AnchorWeights weights = zero(shape, head.values());
    int channels = shape.channels();
    for (int level = 0; level < head.levels(); level++) {
      for (int output = 0; output < head.biases().get(level).length; output++) {
        int at = weights.at(shape.anchor(level, 0), output);
        for (int channel = 0; channel < channels; channel++) {
          weights.numbers[at + channel] = head.weights().get(level)[output * channels + channel];
        }
        weights.numbers[at + channels] = head.biases().get(level)[output];
      }
    }
    return weights;
  }

  /** Rounds to a head. */
  LinearHead head() {
    int channels = shape.channels();
    List<float[]> weights = new ArrayList<>();
    List<float[]> biases = new ArrayList<>();
    for (int level = 0; level < shape.sizes().size(); level++) {
      int outputs = shape.sizes().get(level) * values;
      float[] weight = new float[outputs * channels];
      float[] bias = new float[outputs];
      for (int output = 0; output < outputs; output++) {
        int at = at(shape.anchor(level, 0), output);
        for (int channel = 0; channel < channels; channel++) {
          weight[output * channels + channel] = (float) numbers[at + channel];
        }
        bias[output] = (float) numbers[at + channels];
      }
      weights.add(weight);
      biases.add(bias);
    }
    return new LinearHead(values, weights, biases);
  }

  /** Where the weights of a value of an anchor begin. */
  int at(int anchor, int value) {
    return (anchor * values + value) * (shape.channels() + 1);
  }

  /**
   * Sets those of an anchor.
   *
   * @param matrix {@code [channels + 1, values]}
   */
  void put(int anchor, RealMatrix matrix) {
    for (int value = 0; value < values; value++) {
      double[] column = matrix.getColumn(value);
      System.arraycopy(column, 0, numbers, at(anchor, value), column.length);
    }
  }

  /** Sets those of an anchor to those of another head. */
  void put(int anchor, AnchorWeights other) {
    int length = values * (shape.channels() + 1);
    System.arraycopy(other.numbers, at(anchor, 0), numbers, at(anchor, 0), length);
  }

  /**
   * Tells the numbers of an anchor.
   *
   * @param features with a 1 behind them
   */
  void predict(int anchor, double[] features, double[] predicted) {
    for (int value = 0; value < values; value++) {
      int at = at(anchor, value);
      double sum = 0;
      for (int i = 0; i < features.length; i++) {
        sum += numbers[at + i] * features[i];
      }
      predicted[value] = sum;
    }
  }
}
