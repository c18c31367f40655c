package org.retinaspark.udf.network;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Random numbers, the same for the same seed on every machine, such that a network's activations
 * stay of one size through any number of layers: He's initialisation (He et al., ICCV 2015), batch
 * normalisations that change nothing, residual branches that add a tenth. The classes are biased
 * towards background, so that few anchors are faces (Lin et al., ICCV 2017, section 3.3).
 *
 * @param seed of the numbers
 */
public record RandomParameters(long seed) implements Parameters {

  /** Of pixels less their mean, roughly, doubled for the pooling that takes the highest of them. */
  private static final double PIXEL_SCALE = 128;

  /** What the last normalisation of a residual branch multiplies by. */
  private static final float RESIDUAL_SCALE = 0.1f;

  /** Cells by which a deformed window strays, roughly. */
  private static final double STRAY = 0.5;

  /** What a head says, in deviations of its features. */
  private static final double HEAD_SCALE = 0.5;

  /** Half of the logit by which background leads. */
  private static final float BACKGROUND_LEAD = 4;

  @Override
  public float[] tensor(String name, int... shape) {
    int length = Arrays.stream(shape).reduce(1, Math::multiplyExact);
    if (name.endsWith(".norm.weight")) {
      return filled(length, name.endsWith(".expand.norm.weight") ? RESIDUAL_SCALE : 1);
    }
    if (name.endsWith(".norm.variance")) {
      return filled(length, 1);
    }
    if (name.contains(".class.") && name.endsWith(".bias")) {
      return lead(length);
    }
    if (shape.length == 1) {
      return new float[length];
    }
    return random(name, length, deviation(name, shape));
  }

  private static double deviation(String name, int[] shape) {
    int inputs = Arrays.stream(shape).skip(1).reduce(1, Math::multiplyExact);
    if (name.endsWith(".offset.weight")) {
      return STRAY / Math.sqrt(inputs);
    }
    if (name.endsWith(".conv.weight")) {
      double rectified = Math.sqrt(2.0 / inputs);
      return name.startsWith("backbone.stem.") ? rectified / PIXEL_SCALE : rectified;
    }
    return name.endsWith(".basis") ? 1 / Math.sqrt(shape[0]) : HEAD_SCALE / Math.sqrt(inputs);
  }

  /** Evenly distributed: that takes no function that machines could compute differently. */
  private float[] random(String name, int length, double deviation) {
    SplittableRandom random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + name.hashCode());
    double reach = Math.sqrt(3) * deviation;
    float[] values = new float[length];
    for (int index = 0; index < length; index++) {
      values[index] = (float) ((2 * random.nextDouble() - 1) * reach);
    }
    return values;
  }

  private static float[] filled(int length, float value) {
    float[] values = new float[length];
    Arrays.fill(values, value);
    return values;
  }

  /** Background and face in turn. */
  private static float[] lead(int length) {
    float[] values = new float[length];
    for (int index = 0; index < length; index++) {
      values[index] = index % 2 == 0 ? BACKGROUND_LEAD : -BACKGROUND_LEAD;
    }
    return values;
  }
}
