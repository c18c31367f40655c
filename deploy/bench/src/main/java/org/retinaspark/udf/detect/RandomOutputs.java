package org.retinaspark.udf.detect;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.Random;
import org.retinaspark.udf.detect.family.ClassOutput;
import org.retinaspark.udf.detect.family.PyTorchFamily;

/** What a PyTorch-family network could have said of an image of 1024x768. */
final class RandomOutputs {

  private static final int WIDTH = 1024;
  private static final int HEIGHT = 768;
  private static final PyTorchFamily FAMILY = new PyTorchFamily(ClassOutput.PROBABILITIES);

  private RandomOutputs() {}

  static Detector detector(Protocol protocol, Thresholds thresholds) {
    InputSize any = new InputSize(InputSize.DYNAMIC, InputSize.DYNAMIC, InputSize.DYNAMIC, 1);
    return new Detector(FAMILY, any, protocol, thresholds);
  }

  /** Outputs in which so many anchors, evenly spread, have scores above 0.1. */
  static NetworkOutput withCandidates(int candidates) {
    int anchors = 0;
    for (AnchorLevel level : FAMILY.anchors()) {
      anchors += (int) level.count(WIDTH, HEIGHT);
    }
    Random random = new Random(1);
    float[] boxes = noise(anchors * 4, random);
    float[] classes = new float[anchors * 2];
    for (int candidate = 0; candidate < candidates; candidate++) {
      int anchor = (int) ((long) candidate * anchors / candidates);
      classes[anchor * 2 + 1] = 0.1f + 0.9f * random.nextFloat();
    }
    float[] landmarks = noise(anchors * 10, random);
    Placement placement = new Placement(WIDTH, HEIGHT, WIDTH, HEIGHT, WIDTH, HEIGHT);
    return new NetworkOutput(
        placement,
        List.of(FloatBuffer.wrap(boxes), FloatBuffer.wrap(classes), FloatBuffer.wrap(landmarks)));
  }

  static Candidates candidates(NetworkOutput output) {
    Candidates candidates = new Candidates(FAMILY.mirror());
    FAMILY.decode(output, Thresholds.WIDER_FACE.score(), candidates);
    return candidates;
  }

  private static float[] noise(int length, Random random) {
    float[] noise = new float[length];
    for (int index = 0; index < length; index++) {
      noise[index] = (float) random.nextGaussian();
    }
    return noise;
  }
}
