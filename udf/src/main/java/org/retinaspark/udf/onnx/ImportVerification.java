package org.retinaspark.udf.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.retinaspark.udf.detect.Detector;
import org.retinaspark.udf.detect.InputFormat;
import org.retinaspark.udf.detect.InputSize;
import org.retinaspark.udf.detect.InvalidOutputException;
import org.retinaspark.udf.detect.NetworkOutput;
import org.retinaspark.udf.detect.Protocol;
import org.retinaspark.udf.detect.Thresholds;

/**
 * Proves an imported model by running it with ONNX Runtime on noise.
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
      int unit = imported.family().input().multiple();
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
    int unit = imported.family().input().multiple();
    return (STRIDE + unit - 1) / unit * unit;
  }

  private void sameAsSource(TrialSession session) {
    InputSize size = source.description().size();
    int batch = declared(size.batch(), 1);
    int height = declared(size.height(), 2 * side());
    int width = declared(size.width(), 3 * side());
    Noise noise = new Noise(batch, height, width, 1);
    List<FloatBuffer> expected;
    try (TrialSession original = TrialSession.open(source.evidence().file().bytes())) {
      expected = run(original, source.description(), noise);
    } catch (InferenceException failure) {
      throw refusal(EVERYTHING, "the file itself fails: " + failure.getMessage());
    }
    List<FloatBuffer> actual = run(session, noise, EVERYTHING);
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
    List<FloatBuffer> together = run(session, new Noise(2, height, width, 1), BATCH);
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
    Noise noise = new Noise(1, height, width, seed);
    List<FloatBuffer> outputs = run(session, noise, HEIGHT_AND_WIDTH);
    Detector detector =
        new Detector(imported.family(), imported.size(), Protocol.ORIGINAL, Thresholds.WIDER_FACE);
    try {
      detector.candidates(new NetworkOutput(noise.placement(), outputs));
    } catch (InvalidOutputException failure) {
      throw refusal(HEIGHT_AND_WIDTH, String.valueOf(failure.getMessage()));
    }
    return outputs;
  }

  private List<FloatBuffer> run(TrialSession session, Noise noise, String what) {
    try {
      return run(session, imported, noise);
    } catch (InferenceException failure) {
      throw refusal(what, String.valueOf(failure.getMessage()));
    }
  }

  /** The outputs in the family's order; source and imported model have them by the same names. */
  private static List<FloatBuffer> run(TrialSession session, ModelDescription model, Noise noise) {
    InputFormat format = model.family().input();
    long[] shape = format.layout().shape(noise.batch(), noise.height(), noise.width());
    Map<String, TrialSession.TrialOutput> outputs =
        session.run(model.input(), format.layout(), noise.tensor(format), shape);
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

  /** The reshapes that have all their axes fixed: the usual culprits. */
  private List<String> frozen() {
    ModelProto model = source.evidence().file().proto();
    List<String> frozen = new ArrayList<>();
    for (NodeProto node : model.getGraph().getNodeList()) {
      double[] shape =
          node.getOpType().equals("Reshape") ? source.evidence().graph().constant(node, 1) : null;
      if (shape != null && Arrays.stream(shape).allMatch(length -> length > 0)) {
        frozen.add("Reshape '" + Printable.text(node.getOutput(0)) + "'");
      }
    }
    return frozen.subList(0, Math.min(MOST_REPORTED, frozen.size()));
  }

  private static int declared(int size, int otherwise) {
    return size == InputSize.DYNAMIC ? otherwise : size;
  }
}
