package org.retinaspark.udf.dense.file;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.retinaspark.udf.dense.MeshModel;
import org.retinaspark.udf.detect.Placement;
import org.retinaspark.udf.image.Pixels;
import org.retinaspark.udf.runtime.TrialSession;
import org.retinaspark.udf.runtime.TrialSession.TrialOutput;

/**
 * Runs of a network on crops of noise, to see what it does.
 *
 * @param session the network, opened; not owned
 * @param model what it claims to be
 */
record MeshTrial(TrialSession session, MeshModel model) {

  private static final int LEVELS = 256;

  /**
   * All outputs, by name.
   *
   * @param seeds of the noise of each crop
   * @throws org.retinaspark.udf.runtime.InferenceException if the run fails
   */
  Map<String, TrialOutput> run(int... seeds) {
    int side = model.crop().pixels();
    Placement placement = new Placement(side, side, side, side, side, side);
    int length = Math.toIntExact(model.format().layout().bytes(placement));
    ByteBuffer tensor = ByteBuffer.allocate(seeds.length * length);
    for (int crop = 0; crop < seeds.length; crop++) {
      model.format().fill(noise(side, seeds[crop]), placement, tensor.slice(crop * length, length));
    }
    return session.run(
        model.ports().input(),
        model.ports().type(),
        tensor,
        model.format().layout().shape(seeds.length, side, side));
  }

  /** The outputs in the family's order. */
  List<FloatBuffer> outputs(int... seeds) {
    Map<String, TrialOutput> outputs = run(seeds);
    return model.ports().outputs().stream()
        .map(name -> Objects.requireNonNull(outputs.get(name)).values())
        .toList();
  }

  /** Whether all values of a run are numbers. */
  static boolean isFinite(FloatBuffer output) {
    return IntStream.range(0, output.limit()).allMatch(at -> Float.isFinite(output.get(at)));
  }

  /** Whether an output stands in another from an index on. */
  static boolean stands(FloatBuffer expected, FloatBuffer actual, int from, float tolerance) {
    return from + expected.limit() <= actual.limit()
        && IntStream.range(0, expected.limit())
            .allMatch(at -> near(expected.get(at), actual.get(from + at), tolerance));
  }

  private static boolean near(float expected, float actual, float tolerance) {
    return Math.abs(expected - actual) <= tolerance * Math.max(1, Math.abs(expected));
  }

  private static Pixels noise(int side, int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] bgr = new byte[side * side * Pixels.CHANNELS];
    for (int index = 0; index < bgr.length; index++) {
      bgr[index] = (byte) random.nextInt(LEVELS);
    }
    return new Pixels(side, side, bgr);
  }
}
