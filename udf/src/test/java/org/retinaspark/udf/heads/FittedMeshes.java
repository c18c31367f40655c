package org.retinaspark.udf.heads;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.retinaspark.udf.detect.MeshTopology;

/** Mesh heads with random numbers. */
final class FittedMeshes {

  private FittedMeshes() {}

  static MeshHead random(TrainableModel model, MeshTopology topology, int coefficients) {
    SplittableRandom random = new SplittableRandom(1);
    LinearHead like = model.head(HeadTask.CLASS);
    List<float[]> weights = new ArrayList<>();
    List<float[]> biases = new ArrayList<>();
    for (int level = 0; level < like.levels(); level++) {
      int outputs = like.sizes(level) * coefficients;
      weights.add(numbers(random, outputs * like.channels(level), 0.1));
      biases.add(numbers(random, outputs, 1));
    }
    int coordinates = MeshTopology.AXES * topology.vertices();
    return new MeshHead(
        topology,
        numbers(random, coordinates, 1),
        numbers(random, coefficients * coordinates, 0.1),
        new LinearHead(coefficients, weights, biases));
  }

  private static float[] numbers(SplittableRandom random, int count, double reach) {
    float[] numbers = new float[count];
    for (int index = 0; index < count; index++) {
      numbers[index] = (float) random.nextDouble(-reach, reach);
    }
    return numbers;
  }
}
