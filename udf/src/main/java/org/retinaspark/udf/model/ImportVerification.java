package org.retinaspark.udf.model;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.retinaspark.udf.detect.Detector;
import org.retinaspark.udf.detect.InputSize;
import org.retinaspark.udf.detect.InvalidOutputException;
import org.retinaspark.udf.detect.NetworkOutput;
import org.retinaspark.udf.detect.Protocol;
import org.retinaspark.udf.detect.Thresholds;
import org.retinaspark.udf.graph.Printable;
import org.retinaspark.udf.input.InputFormat;
import org.retinaspark.udf.runtime.InferenceException;
import org.retinaspark.udf.runtime.TrialSession;

/**
 * Proves an imported model by running it with ONNX Runtime on images.
 *
 * @param source the model that it was made of
 * @param imported what it claims to be
 * @param onnx its bytes
 */
record ImportVerification(Recognised source, ModelDescription imported, byte[] onnx) {

  /** Other sizes and batches take other kernels, which round otherwise in the last bits. */
  private static final float TOLERANCE = 1e-3f;

  /** At the source's own size only a fusion may differ. */
  private static final float SAME = 1e-4f;

  private static final int STRIDE = 32;
  private static final String BATCH = "batch";
  private static final String HEIGHT_AND_WIDTH = "height and width";
  private static final String EVERYTHING = "batch, height and width";
  private static final int MOST_REPORTED = 5;

  /**
   * Runs it.
   *
   * @throws ModelImportException saying what isn't dynamic
   */
  void run() {
    try (TrialSession session = open()) {
      sameAsSource(session);
      int unit = imported.size().multiple();
      checkSize(session, 2 * side(), 3 * side());
      // Five cells more than a multiple of the stride, where the model takes that.
      checkSize(session, 4 * side() + 5 * unit, 3 * side() + 5 * unit);
    }
  }

  private TrialSession open() {
    try {
      return TrialSession.open(onnx);
    } catch (InferenceException failure) {
      throw refusal(EVERYTHING, String.valueOf(failure.getMessage()));
    }
  }

  /** The least side that holds a cell of every stride. */
  private int side() {
    int unit = imported.size().multiple();
    return (STRIDE + unit - 1) / unit * unit;
  }

  private void sameAsSource(TrialSession session) {
    InputSize size = source.description().size();
    int batch = declared(size.batch(), 1);
    int height = declared(size.height(), 2 * side());
    int width = declared(size.width(), 3 * side());
    RandomImages images = new RandomImages(batch, height, width, 1);
    List<FloatBuffer> expected;
    try (TrialSession original = TrialSession.open(source.facts().file().bytes())) {
      expected = run(original, source.description(), images);
    } catch (InferenceException failure) {
      throw refusal(EVERYTHING, "the file itself fails: " + failure.getMessage());
    }
    List<FloatBuffer> actual = run(session, images, EVERYTHING);
    for (int index = 0; index < expected.size(); index++) {
      FloatBuffer own = expected.get(index);
      if (own.limit() != actual.get(index).limit() || differ(own, actual.get(index), 0, SAME)) {
        throw refusal(
            EVERYTHING,
            "at its own size of %dx%d, output '%s' would no longer be the same"
                .formatted(width, height, Printable.text(imported.outputs().get(index))));
      }
    }
  }

  private void checkSize(TrialSession session, int height, int width) {
    List<FloatBuffer> first = single(session, height, width, 1);
    List<FloatBuffer> second = single(session, height, width, 2);
    List<FloatBuffer> together = run(session, new RandomImages(2, height, width, 1), BATCH);
    for (int index = 0; index < together.size(); index++) {
      int length = first.get(index).limit();
      FloatBuffer output = together.get(index);
      if (output.limit() != 2 * length
          || second.get(index).limit() != length
          || differ(first.get(index), output, 0, TOLERANCE)
          || differ(second.get(index), output, length, TOLERANCE)) {
        throw refusal(
            BATCH,
            "output '%s' of two images together is not what each gives alone"
                .formatted(Printable.text(imported.outputs().get(index))));
      }
    }
  }

  /** The outputs of one image, which have to be as many values as the family reads. */
  private List<FloatBuffer> single(TrialSession session, int height, int width, int seed) {
    RandomImages images = new RandomImages(1, height, width, seed);
    List<FloatBuffer> outputs = run(session, images, HEIGHT_AND_WIDTH);
    Detector detector =
        new Detector(imported.family(), imported.size(), Protocol.ORIGINAL, Thresholds.WIDER_FACE);
    try {
      detector.candidates(new NetworkOutput(images.placement(), outputs));
    } catch (InvalidOutputException failure) {
      throw refusal(HEIGHT_AND_WIDTH, String.valueOf(failure.getMessage()));
    }
    return outputs;
  }

  private List<FloatBuffer> run(TrialSession session, RandomImages images, String what) {
    try {
      return run(session, imported, images);
    } catch (InferenceException failure) {
      throw refusal(what, String.valueOf(failure.getMessage()));
    }
  }

  /** The outputs in the family's order; source and imported model have them by the same names. */
  private static List<FloatBuffer> run(
      TrialSession session, ModelDescription model, RandomImages images) {
    InputFormat format = model.format();
    long[] shape = format.layout().shape(images.batch(), images.height(), images.width());
    Map<String, TrialSession.TrialOutput> outputs =
        session.run(
            model.input(),
            ModelDescription.elementType(format.layout()),
            images.tensor(format),
            shape);
    return model.outputs().stream()
        .map(name -> Objects.requireNonNull(outputs.get(name)).values())
        .toList();
  }

  /** Whether an output isn't what stands in another from an index on. */
  private static boolean differ(
      FloatBuffer expected, FloatBuffer actual, int from, float tolerance) {
    for (int index = 0; index < expected.limit(); index++) {
      float value = expected.get(index);
      float gap = Math.abs(value - actual.get(from + index));
      if (!(gap <= tolerance * Math.max(1, Math.abs(value)))) {
        return true;
      }
    }
    return false;
  }

  private ModelImportException refusal(String what, String why) {
    return new ModelImportException(imported.name(), what, why, frozen());
  }

  /** The nodes to which an export with fixed sizes usually pins a network. */
  private List<String> frozen() {
    return source.facts().graph().fixedReshapes().stream()
        .limit(MOST_REPORTED)
        .map("Reshape '%s'"::formatted)
        .toList();
  }

  private static int declared(int size, int otherwise) {
    return size == InputSize.DYNAMIC ? otherwise : size;
  }
}
