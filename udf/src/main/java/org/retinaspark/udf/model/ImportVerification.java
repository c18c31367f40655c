package org.retinaspark.udf.model;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;
import org.retinaspark.udf.detect.InputSize;
import org.retinaspark.udf.detect.InvalidOutputException;
import org.retinaspark.udf.graph.Printable;
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
      expected = new TrialRuns(original, source.description()).outputs(images);
    } catch (InferenceException failure) {
      throw refusal(EVERYTHING, "the file itself fails: " + failure.getMessage());
    }
    List<FloatBuffer> actual;
    try {
      actual = new TrialRuns(session, imported).outputs(images);
    } catch (InferenceException failure) {
      throw refusal(EVERYTHING, String.valueOf(failure.getMessage()));
    }
    for (int index = 0; index < expected.size(); index++) {
      FloatBuffer own = expected.get(index);
      if (own.limit() != actual.get(index).limit()
          || TrialRuns.differ(own, actual.get(index), 0, SAME)) {
        throw refusal(
            EVERYTHING,
            "at its own size of %dx%d, output '%s' would no longer be the same"
                .formatted(width, height, Printable.text(imported.outputs().get(index))));
      }
    }
  }

  private void checkSize(TrialSession session, int height, int width) {
    TrialRuns runs = new TrialRuns(session, imported);
    try {
      runs.single(height, width, 1);
    } catch (InferenceException | InvalidOutputException failure) {
      throw refusal(HEIGHT_AND_WIDTH, String.valueOf(failure.getMessage()));
    }
    Optional<String> mixedUp;
    try {
      mixedUp = runs.mixedUp(height, width);
    } catch (InferenceException | InvalidOutputException failure) {
      throw refusal(BATCH, String.valueOf(failure.getMessage()));
    }
    if (mixedUp.isPresent()) {
      throw refusal(
          BATCH,
          "output '%s' of two images together is not what each gives alone"
              .formatted(Printable.text(mixedUp.get())));
    }
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
