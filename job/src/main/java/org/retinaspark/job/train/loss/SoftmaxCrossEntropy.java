package org.retinaspark.job.train.loss;

/**
 * The cross-entropy of background and face by the softmax of two logits. The target is the
 * probability of a face: 1 of a positive, 0 of a negative.
 */
public record SoftmaxCrossEntropy() implements Loss {

  @Override
  public int values() {
    return 2;
  }

  @Override
  public double add(
      double[] predicted, int from, float[] target, double weight, double[] gradient) {
    double margin = predicted[from + 1] - predicted[from];
    double face = target[0];
    // Of a large margin the exponential vanishes; of its negative it would overflow.
    double small = Math.exp(-Math.abs(margin));
    double probability = margin >= 0 ? 1 / (1 + small) : small / (1 + small);
    double slope = weight * (probability - face);
    gradient[from] -= slope;
    gradient[from + 1] += slope;
    return weight * (Math.log1p(small) + Math.max(margin, 0) - face * margin);
  }
}
