package org.retinaspark.udf.network;

/**
 * A convolution that has taken its batch normalisation into itself: {@code (x * w - mean) * gamma /
 * sqrt(variance + epsilon) + beta}, computed in double precision.
 *
 * @param weight {@code [outputs, inputs / groups, kernel, kernel]}
 * @param bias {@code [outputs]}
 */
record FoldedConvolution(float[] weight, float[] bias) {

  /** PyTorch's default, of {@code BatchNorm2d}. */
  private static final double EPSILON = 1e-5;

  /** Folds the tensors of a place. */
  static FoldedConvolution of(Parameters parameters, String place, int... shape) {
    int outputs = shape[0];
    float[] weight = parameters.tensor(place + ".conv.weight", shape);
    float[] gamma = parameters.tensor(place + ".norm.weight", outputs);
    float[] beta = parameters.tensor(place + ".norm.bias", outputs);
    float[] mean = parameters.tensor(place + ".norm.mean", outputs);
    float[] variance = parameters.tensor(place + ".norm.variance", outputs);
    int each = weight.length / outputs;
    float[] folded = new float[weight.length];
    float[] bias = new float[outputs];
    for (int output = 0; output < outputs; output++) {
      double scale = gamma[output] / Math.sqrt(variance[output] + EPSILON);
      for (int index = output * each; index < (output + 1) * each; index++) {
        folded[index] = (float) (weight[index] * scale);
      }
      bias[output] = (float) (beta[output] - mean[output] * scale);
    }
    return new FoldedConvolution(folded, bias);
  }
}
