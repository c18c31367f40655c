package org.retinaspark.udf.graph;

/**
 * Deformable convolution in plain loops, as ONNX defines {@code DeformConv} (operator set 19, after
 * Dai et al., ICCV 2017, and Zhu et al., CVPR 2019): output(o, y, x) = bias(o) + sum over channels
 * and taps of weight * mask * input at (y * stride - padding + row + dy, x * stride - padding +
 * column + dx), read bilinearly from a map that is zero beyond its border.
 *
 * @param batch images
 * @param inputs channels that go in
 * @param outputs channels that come out
 * @param height of the input
 * @param width of the input
 * @param window square windows, padded by half of their side
 * @param offsetGroups parts of the channels that have offsets and masks of their own
 */
record DeformableReference(
    int batch, int inputs, int outputs, int height, int width, Window window, int offsetGroups) {

  int rows() {
    return (height - 1) / window.stride() + 1;
  }

  int columns() {
    return (width - 1) / window.stride() + 1;
  }

  int taps() {
    return window.kernel() * window.kernel();
  }

  /**
   * The result, {@code [batch, outputs, rows, columns]}.
   *
   * @param input {@code [batch, inputs, height, width]}
   * @param weight {@code [outputs, inputs / groups, kernel, kernel]}
   * @param offsets {@code [batch, offsetGroups * taps * 2, rows, columns]}, dy before dx
   * @param bias {@code [outputs]}
   * @param mask {@code [batch, offsetGroups * taps, rows, columns]}
   */
  float[] apply(float[] input, float[] weight, float[] offsets, float[] bias, float[] mask) {
    float[] result = new float[batch * outputs * rows() * columns()];
    int inputsEach = inputs / window.groups();
    int outputsEach = outputs / window.groups();
    int padding = window.kernel() / 2;
    int index = 0;
    for (int image = 0; image < batch; image++) {
      for (int output = 0; output < outputs; output++) {
        for (int row = 0; row < rows(); row++) {
          for (int column = 0; column < columns(); column++) {
            double sum = bias[output];
            for (int each = 0; each < inputsEach; each++) {
              int channel = output / outputsEach * inputsEach + each;
              int group = channel / (inputs / offsetGroups);
              for (int tap = 0; tap < taps(); tap++) {
                int set = (image * offsetGroups + group) * taps() + tap;
                double dy = offsets[at(2 * set, row, column)];
                double dx = offsets[at(2 * set + 1, row, column)];
                double y = row * window.stride() - padding + tap / window.kernel() + dy;
                double x = column * window.stride() - padding + tap % window.kernel() + dx;
                sum +=
                    weight[(output * inputsEach + each) * taps() + tap]
                        * mask[at(set, row, column)]
                        * bilinear(input, image * inputs + channel, y, x);
              }
            }
            result[index++] = (float) sum;
          }
        }
      }
    }
    return result;
  }

  private int at(int plane, int row, int column) {
    return (plane * rows() + row) * columns() + column;
  }

  private double bilinear(float[] input, int plane, double y, double x) {
    int top = (int) Math.floor(y);
    int left = (int) Math.floor(x);
    double below = y - top;
    double right = x - left;
    return (1 - below) * (1 - right) * cell(input, plane, top, left)
        + (1 - below) * right * cell(input, plane, top, left + 1)
        + below * (1 - right) * cell(input, plane, top + 1, left)
        + below * right * cell(input, plane, top + 1, left + 1);
  }

  private double cell(float[] input, int plane, int row, int column) {
    boolean inside = row >= 0 && row < height && column >= 0 && column < width;
    return inside ? input[(plane * height + row) * width + column] : 0;
  }
}
