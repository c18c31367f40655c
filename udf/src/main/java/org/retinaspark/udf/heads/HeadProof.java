package org.retinaspark.udf.heads;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.retinaspark.udf.detect.AnchorLevel;
import org.retinaspark.udf.detect.family.ClassOutput;
import org.retinaspark.udf.detect.family.PyTorchFamily;
import org.retinaspark.udf.graph.InvalidModelException;
import org.retinaspark.udf.graph.Printable;
import org.retinaspark.udf.runtime.InferenceException;
import org.retinaspark.udf.runtime.TrialSession.TrialOutput;

/**
 * Proves by a run that the outputs of a model are what the heads make of its feature maps: strides,
 * the order of levels, sizes and values, the softmax.
 *
 * @param features the model with its feature maps
 * @param found what was found
 */
record HeadProof(FeatureModel features, FoundHeads found) {

  /** Sums in another order differ in the last bits. */
  private static final float TOLERANCE = 1e-3f;

  /**
   * Runs it.
   *
   * @throws InvalidModelException if it isn't so
   */
  void run() {
    NoiseRun run = NoiseRun.of(features.model());
    Map<String, TrialOutput> outputs;
    try {
      outputs = run.outputs(features.onnx());
    } catch (InferenceException failure) {
      throw unfit("it fails when its features are outputs: " + failure.getMessage());
    }
    int first = 0;
    for (int level = 0; level < found.levels().size(); level++) {
      AnchorLevel anchors = features.model().family().anchors().get(level);
      float[][] cells =
          cells(outputs, level, anchors.cells(run.height()), anchors.cells(run.width()));
      for (HeadTask task : HeadTask.values()) {
        compare(task, level, cells, outputs, first);
      }
      first += cells.length * anchors.sizes().size();
    }
  }

  /** The features of each cell, by row and column. */
  private float[][] cells(Map<String, TrialOutput> outputs, int level, int rows, int columns) {
    String name = found.levels().get(level).features();
    int channels = found.levels().get(level).channels();
    TrialOutput map = Objects.requireNonNull(outputs.get(name));
    long[] shape = map.shape();
    if (shape.length != 4 || shape[1] != channels || shape[2] != rows || shape[3] != columns) {
      throw unfit(
          "the features '%s' are %s, but have to be [batch, %d, %d, %d]"
              .formatted(Printable.text(name), Arrays.toString(shape), channels, rows, columns));
    }
    float[][] cells = new float[rows * columns][channels];
    for (int cell = 0; cell < cells.length; cell++) {
      for (int channel = 0; channel < channels; channel++) {
        cells[cell][channel] = map.values().get(channel * cells.length + cell);
      }
    }
    return cells;
  }

  private void compare(
      HeadTask task, int level, float[][] cells, Map<String, TrialOutput> outputs, int first) {
    String name = features.model().outputs().get(Objects.requireNonNull(found.outputs().get(task)));
    FloatBuffer values = Objects.requireNonNull(outputs.get(name)).values();
    LinearHead head = found.head(task);
    int sizes = head.sizes(level);
    float[] actual = new float[head.values()];
    for (int anchor = 0; anchor < cells.length * sizes; anchor++) {
      float[] expected = head.at(level, anchor % sizes, cells[anchor / sizes]);
      int from = (first + anchor) * actual.length;
      if (from + actual.length > values.limit()) {
        throw unfit("its output '%s' lacks anchors".formatted(Printable.text(name)));
      }
      values.get(from, actual);
      if (task == HeadTask.CLASS
          ? differ(probability(expected), isLogits() ? probability(actual) : actual[1])
          : differ(expected, actual)) {
        throw unfit(
            "its output '%s' isn't what the head of stride %d makes of the features '%s'"
                .formatted(
                    Printable.text(name),
                    found.levels().get(level).stride(),
                    Printable.text(found.levels().get(level).features())));
      }
    }
  }

  private boolean isLogits() {
    return features.model().family() instanceof PyTorchFamily family
        && family.classes() == ClassOutput.LOGITS;
  }

  /** Of a face, by the logits of background and face. */
  private static float probability(float[] logits) {
    return (float) (1 / (1 + Math.exp(logits[0] - logits[1])));
  }

  private static boolean differ(float[] expected, float[] actual) {
    for (int value = 0; value < expected.length; value++) {
      if (differ(expected[value], actual[value])) {
        return true;
      }
    }
    return false;
  }

  private static boolean differ(float expected, float actual) {
    return !(Math.abs(expected - actual) <= TOLERANCE * Math.max(1, Math.abs(expected)));
  }

  private InvalidModelException unfit(String fault) {
    return new InvalidModelException(features.model().name(), fault);
  }
}
