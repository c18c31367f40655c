package org.retinaspark.udf.model;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.retinaspark.udf.detect.Detector;
import org.retinaspark.udf.detect.InputSize;
import org.retinaspark.udf.detect.InvalidOutputException;
import org.retinaspark.udf.detect.NetworkOutput;
import org.retinaspark.udf.detect.Protocol;
import org.retinaspark.udf.detect.Thresholds;
import org.retinaspark.udf.input.InputFormat;
import org.retinaspark.udf.runtime.InferenceException;
import org.retinaspark.udf.runtime.TrialSession;

/**
 * Runs of a model on images of noise, to see what it does.
 *
 * @param session the model, opened; not owned
 * @param model what it claims to be
 */
record TrialRuns(TrialSession session, ModelDescription model) {

  /** Other sizes and batches take other kernels, which round otherwise in the last bits. */
  private static final float TOLERANCE = 1e-3f;

  /** The images are made at the size that is tried. */
  private static final InputSize ANY_SIZE =
      new InputSize(InputSize.DYNAMIC, InputSize.DYNAMIC, InputSize.DYNAMIC, 1);

  /**
   * All outputs, by name.
   *
   * @throws InferenceException if the run fails
   */
  Map<String, TrialSession.TrialOutput> run(RandomImages images) {
    InputFormat format = model.format();
    return session.run(
        model.input(),
        ModelDescription.elementType(format.layout()),
        images.tensor(format),
        format.layout().shape(images.batch(), images.height(), images.width()));
  }

  /**
   * The outputs in the family's order.
   *
   * @throws InferenceException if the run fails
   */
  List<FloatBuffer> outputs(RandomImages images) {
    Map<String, TrialSession.TrialOutput> outputs = run(images);
    return model.outputs().stream()
        .map(name -> Objects.requireNonNull(outputs.get(name)).values())
        .toList();
  }

  /**
   * The outputs of one image, which have to be as many values as the family reads.
   *
   * @throws InferenceException if the run fails
   * @throws InvalidOutputException if they are not
   */
  List<FloatBuffer> single(int height, int width, int seed) {
    RandomImages images = new RandomImages(1, height, width, seed);
    List<FloatBuffer> outputs = outputs(images);
    Detector detector =
        new Detector(model.family(), ANY_SIZE, Protocol.ORIGINAL, Thresholds.WIDER_FACE);
    detector.candidates(new NetworkOutput(images.placement(), outputs));
    return outputs;
  }

  /**
   * The name of an output that isn't, for two images together, what each gives alone; empty if
   * there is none.
   *
   * @throws InferenceException if a run fails
   * @throws InvalidOutputException if an image alone gives another number of values
   */
  Optional<String> mixedUp(int height, int width) {
    List<FloatBuffer> first = single(height, width, 1);
    List<FloatBuffer> second = single(height, width, 2);
    List<FloatBuffer> together = outputs(new RandomImages(2, height, width, 1));
    for (int index = 0; index < together.size(); index++) {
      int length = first.get(index).limit();
      FloatBuffer output = together.get(index);
      if (output.limit() != 2 * length
          || second.get(index).limit() != length
          || differ(first.get(index), output, 0, TOLERANCE)
          || differ(second.get(index), output, length, TOLERANCE)) {
        return Optional.of(model.outputs().get(index));
      }
    }
    return Optional.empty();
  }

  /** Whether an output isn't what stands in another from an index on. */
  static boolean differ(FloatBuffer expected, FloatBuffer actual, int from, float tolerance) {
    for (int index = 0; index < expected.limit(); index++) {
      float value = expected.get(index);
      float gap = Math.abs(value - actual.get(from + index));
      if (!(gap <= tolerance * Math.max(1, Math.abs(value)))) {
        return true;
      }
    }
    return false;
  }
}
