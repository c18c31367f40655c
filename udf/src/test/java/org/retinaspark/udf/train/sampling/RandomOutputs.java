package org.retinaspark.udf.train.sampling;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.retinaspark.udf.detect.AnchorLevel;
import org.retinaspark.udf.detect.Box;
import org.retinaspark.udf.detect.Flip;
import org.retinaspark.udf.detect.InputSize;
import org.retinaspark.udf.detect.family.AnchorFamily;
import org.retinaspark.udf.detect.family.ClassOutput;
import org.retinaspark.udf.detect.family.MatchThresholds;
import org.retinaspark.udf.detect.family.PyTorchFamily;
import org.retinaspark.udf.detect.family.RetinaFaceFamily;
import org.retinaspark.udf.detect.family.Variances;
import org.retinaspark.udf.heads.LinearHead;
import org.retinaspark.udf.train.matching.LabelledBox;
import org.retinaspark.udf.train.view.ColourUse;
import org.retinaspark.udf.train.view.TrainingView;
import org.retinaspark.udf.train.view.ViewPlan;

/** What a network might say of an image of 96x64 pixels at twice its size: noise. */
record RandomOutputs(
    AnchorFamily family,
    TrainingView view,
    List<LabelledBox> faces,
    LinearHead miner,
    List<float[]> outputs) {

  static final int CHANNELS = 5;

  private static final List<AnchorLevel> LEVELS =
      List.of(new AnchorLevel(8, List.of(16f, 32f)), new AnchorLevel(16, List.of(64f, 96f, 128f)));

  static RandomOutputs of(int stages, int seed, Flip flip) {
    Random random = new Random(seed);
    AnchorFamily family =
        stages == 1
            ? new PyTorchFamily(ClassOutput.PROBABILITIES)
            : new RetinaFaceFamily(
                LEVELS,
                Variances.USUAL,
                List.of(MatchThresholds.FIRST_STAGE, MatchThresholds.SECOND_STAGE),
                List.of());
    int anchors = 0;
    List<float[]> maps = new ArrayList<>();
    List<float[]> weights = new ArrayList<>();
    List<float[]> biases = new ArrayList<>();
    for (AnchorLevel level : family.anchors()) {
      int cells = level.cells(192) * level.cells(128);
      anchors += cells * level.sizes().size();
      maps.add(noise(random, cells * CHANNELS, 1));
      weights.add(noise(random, level.sizes().size() * 2 * CHANNELS, 1));
      biases.add(noise(random, level.sizes().size() * 2, 1));
    }
    List<float[]> outputs = new ArrayList<>();
    for (int stage = 0; stage < stages; stage++) {
      outputs.add(noise(random, anchors * 4, 0.5f));
    }
    outputs.add(new float[anchors * 2]);
    outputs.add(new float[anchors * 10]);
    outputs.addAll(maps);
    return new RandomOutputs(
        family, view(flip), faces(random), new LinearHead(2, weights, biases), outputs);
  }

  private static float[] noise(Random random, int length, float deviation) {
    float[] noise = new float[length];
    for (int i = 0; i < length; i++) {
      noise[i] = (float) random.nextGaussian() * deviation;
    }
    return noise;
  }

  private static List<LabelledBox> faces(Random random) {
    List<LabelledBox> faces = new ArrayList<>();
    for (int face = 0; face < 4; face++) {
      float side = 10 + random.nextInt(30);
      float x = random.nextInt(60);
      float y = random.nextInt(30);
      faces.add(new LabelledBox(face, new Box(x, y, x + side, y + side), face == 3));
    }
    return faces;
  }

  private static TrainingView view(Flip flip) {
    InputSize any = new InputSize(1, InputSize.DYNAMIC, InputSize.DYNAMIC, 1);
    return views(List.of(flip)).views("image", 96, 64, List.of(), any).get(0);
  }

  private static ViewPlan views(List<Flip> flips) {
    return new ViewPlan(List.of(2.0), flips, 0, ColourUse.KEPT, 1 << 20, 0);
  }

  SamplingPlan plan(
      SampleCounts counts, @Nullable LinearHead head, WantedSamples wanted, long seed) {
    TrainingLabels none = new TrainingLabels(Map.of(), Set.of());
    return new SamplingPlan(views(List.of(Flip.NONE)), counts, wanted, seed, head, () -> none);
  }

  List<AnchorSample> samples(SamplingPlan plan) {
    return samplesOf("image", plan);
  }

  List<AnchorSample> samplesOf(String image, SamplingPlan plan) {
    return new ViewSampler(plan, family)
        .samples(image, view, faces, outputs.stream().map(FloatBuffer::wrap).toList());
  }

  /** The feature map of a level. */
  float[] map(int level) {
    return outputs.get(outputs.size() - family.anchors().size() + level);
  }

  RandomOutputs withMap(int level, float[] map) {
    List<float[]> changed = new ArrayList<>(outputs);
    changed.set(outputs.size() - family.anchors().size() + level, map);
    return new RandomOutputs(family, view, faces, miner, changed);
  }

  RandomOutputs labelled(List<LabelledBox> other) {
    return new RandomOutputs(family, view, other, miner, outputs);
  }

  /** What a network that knows no left and right would say of the mirrored image. */
  RandomOutputs mirrored() {
    RandomOutputs mirrored =
        new RandomOutputs(family, view(Flip.HORIZONTAL), faces, miner, outputs);
    for (int level = 0; level < family.anchors().size(); level++) {
      int columns = family.anchors().get(level).cells(192);
      float[] map = map(level);
      float[] turned = new float[map.length];
      for (int i = 0; i < map.length; i++) {
        turned[i / columns * columns + columns - 1 - i % columns] = map[i];
      }
      mirrored = mirrored.withMap(level, turned);
    }
    return mirrored;
  }
}
