package org.retinaspark.udf.detect.family;

import java.nio.FloatBuffer;
import org.jspecify.annotations.Nullable;
import org.retinaspark.udf.detect.AnchorLevel;
import org.retinaspark.udf.detect.Box;
import org.retinaspark.udf.detect.Candidates;
import org.retinaspark.udf.detect.InvalidOutputException;
import org.retinaspark.udf.detect.Mirror;
import org.retinaspark.udf.detect.NetworkOutput;
import org.retinaspark.udf.detect.Placement;
import org.retinaspark.udf.detect.Point;

/** What a network of {@link RetinaFaceFamily} said of one input, read anchor by anchor. */
final class RetinaFaceOutput {

  private static final int BOX = 4;
  private static final int CLASSES = 2;
  private static final int POINTS = Mirror.FIVE_LANDMARKS.size();

  private final BoxCoder coder;
  private final Placement placement;
  private final FloatBuffer firstBoxes;
  private final @Nullable FloatBuffer secondBoxes;
  private final FloatBuffer classes;
  private final FloatBuffer landmarks;
  private final MeshRows meshes;

  /**
   * Checks the sizes of the outputs.
   *
   * @throws InvalidOutputException if they aren't those of the family
   */
  RetinaFaceOutput(RetinaFaceFamily family, NetworkOutput output) {
    this.coder = family.coder();
    this.placement = output.placement();
    long anchors = 0;
    for (AnchorLevel level : family.anchors()) {
      anchors += level.count(placement.tensorWidth(), placement.tensorHeight());
    }
    int next = 0;
    this.firstBoxes = output.tensor(next++, anchors * BOX);
    this.secondBoxes = family.isCascade() ? output.tensor(next++, anchors * BOX) : null;
    this.classes = output.tensor(next++, anchors * CLASSES);
    this.landmarks = output.tensor(next++, anchors * POINTS * 2);
    this.meshes = MeshRows.of(family, coder, output, next, anchors);
  }

  /** The probability of a face at an anchor. */
  float score(int index) {
    float score = classes.get(index * CLASSES + 1);
    if (Float.isNaN(score)) {
      throw new InvalidOutputException("the network gave a score that is not a number");
    }
    return score;
  }

  /** Adds what is at an anchor. */
  void decode(int index, Anchor anchor, Candidates candidates) {
    Box box = coder.decode(anchor, deltas(firstBoxes, index));
    Anchor reference = anchor;
    if (secondBoxes != null) {
      reference = coder.anchor(box);
      box = coder.decode(reference, deltas(secondBoxes, index));
    }
    candidates.add(placement, score(index), box);
    for (int point = 0; point < POINTS; point++) {
      int at = (index * POINTS + point) * 2;
      Point deltas = new Point(landmarks.get(at), landmarks.get(at + 1));
      candidates.landmark(placement, point, coder.decode(reference, deltas));
    }
    meshes.decode(index, score(index), reference, candidates);
  }

  private static BoxDeltas deltas(FloatBuffer boxes, int index) {
    int at = index * BOX;
    return new BoxDeltas(boxes.get(at), boxes.get(at + 1), boxes.get(at + 2), boxes.get(at + 3));
  }
}
