package org.retinaspark.udf.detect.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.retinaspark.udf.detect.AnchorLevel;
import org.retinaspark.udf.detect.Box;
import org.retinaspark.udf.detect.Detector;
import org.retinaspark.udf.detect.Face;
import org.retinaspark.udf.detect.InputSize;
import org.retinaspark.udf.detect.MeshTopology;
import org.retinaspark.udf.detect.NetworkOutput;
import org.retinaspark.udf.detect.Placement;
import org.retinaspark.udf.detect.Protocol;
import org.retinaspark.udf.detect.Thresholds;

/** Networks that see one face at three anchors: its mesh is the mean of what each says alone. */
final class MeshVotesTest {

  private static final MeshTopology TWO = new MeshTopology("Two", 2, List.of(1, 0));
  private static final Box BOX = new Box(6, 5, 22, 21);

  /** One level of 4 x 3 cells of two sizes. */
  private static final AnchorLevel LEVEL = new AnchorLevel(8, List.of(12f, 20f));

  private static final int ANCHORS = 4 * 3 * 2;

  /** Neighbours of one face, and a box apart, which doesn't vote. */
  private static final int[] SEEN = {9, 10, 11, 0};

  private static final float[] SCORES = {0.9f, 0.6f, 0.5f, 0.8f};

  private static final float[] SURE = {0.9f, 0.9f, 0.9f, 0.9f};

  @Property(tries = 50)
  void aMeshIsTheMeanOfThoseOfItsCandidatesByScoreTimesOverlap(@ForAll int seed) {
    Random random = new Random(seed);
    RetinaFaceFamily family = family(random);
    Box[] boxes = {BOX, near(BOX, random), near(BOX, random), new Box(-40, -40, -30, -30)};
    float[][] rows = new float[SEEN.length][];
    for (int row = 0; row < rows.length; row++) {
      rows[row] = noise(random, 3);
    }

    float[] mean = new float[6];
    double total = 0;
    for (int voter = 0; voter < 3; voter++) {
      float[] alone = vertices(faces(family, boxes, rows, 1 << voter, SURE, 0.02f).get(0));
      double weight = SCORES[voter] * overlap(BOX, boxes[voter]);
      total += weight;
      for (int at = 0; at < mean.length; at++) {
        mean[at] += (float) (weight * alone[at]);
      }
    }
    for (int at = 0; at < mean.length; at++) {
      mean[at] /= (float) total;
    }

    List<Face> together = faces(family, boxes, rows, 0b1111);
    assertThat(together).hasSize(2);
    assertThat(vertices(together.get(0))).containsExactly(mean, within(1e-3f));
    assertThat(vertices(together.get(1)))
        .containsExactly(vertices(faces(family, boxes, rows, 0b1000).get(0)), within(0f));
    float[] unlikely = {0.4f, 0.4f, 0.4f, 0.4f};
    assertThat(faces(family, boxes, rows, 0b0001, unlikely, 0.02f).get(0).meshes()).isEmpty();
  }

  @Example
  void theScoreThresholdOfFacesDoesNotChangeTheirMeshes() {
    Random random = new Random(3);
    RetinaFaceFamily family = family(random);
    Box[] boxes = {BOX, near(BOX, random), near(BOX, random), new Box(-40, -40, -30, -30)};
    float[][] rows = {{1, 0, 2}, {3, 1, 0}, {0, 1, 1}, {0, 0, 0}};
    float[] all = vertices(faces(family, boxes, rows, 0b1111, SCORES, 0.02f).get(0));

    assertThat(faces(family, boxes, rows, 0b1111, SCORES, 0.85f)).hasSize(1);
    assertThat(vertices(faces(family, boxes, rows, 0b1111, SCORES, 0.85f).get(0))).isEqualTo(all);
  }

  private static RetinaFaceFamily family(Random random) {
    return new RetinaFaceFamily(
        List.of(LEVEL),
        Variances.USUAL,
        List.of(MatchThresholds.FIRST_STAGE),
        List.of(TWO),
        new MeshCode(Map.of("Two", new MeshBasis(noise(random, 6), noise(random, 18)))));
  }

  private static Box near(Box box, Random random) {
    float shift = random.nextFloat() * 2;
    return new Box(box.x1() + shift, box.y1() - shift, box.x2() + shift, box.y2());
  }

  private static float[] noise(Random random, int length) {
    float[] noise = new float[length];
    for (int at = 0; at < length; at++) {
      noise[at] = (float) random.nextGaussian();
    }
    return noise;
  }

  private static float[] vertices(Face face) {
    return face.meshes().get(0).vertices();
  }

  /** With the +1 of suppression. */
  private static double overlap(Box one, Box other) {
    double width = Math.min(one.x2(), other.x2()) - Math.max(one.x1(), other.x1()) + 1;
    double height = Math.min(one.y2(), other.y2()) - Math.max(one.y1(), other.y1()) + 1;
    double all =
        (one.width() + 1.0) * (one.height() + 1) + (other.width() + 1.0) * (other.height() + 1);
    return width * height / (all - width * height);
  }

  private static List<Face> faces(RetinaFaceFamily family, Box[] boxes, float[][] rows, int seen) {
    return faces(family, boxes, rows, seen, SCORES, 0.02f);
  }

  /**
   * What is found where the network sees some of the candidates.
   *
   * @param seen a bit for each
   */
  private static List<Face> faces(
      RetinaFaceFamily family,
      Box[] boxes,
      float[][] rows,
      int seen,
      float[] scores,
      float threshold) {
    BoxCoder coder = BoxCoder.of(Variances.USUAL);
    float[] deltas = new float[ANCHORS * 4];
    float[] classes = new float[ANCHORS * 2];
    float[] chosen = new float[SEEN.length];
    float[] meshes = new float[SEEN.length * 3];
    for (int each = 0; each < SEEN.length; each++) {
      int anchor = SEEN[each];
      int row = anchor / 2 / 4;
      int cell = anchor / 2;
      Anchor square =
          new Anchor((cell % 4 + 0.5f) * 8, (row + 0.5f) * 8, LEVEL.sizes().get(anchor % 2));
      BoxDeltas told = coder.encode(square, boxes[each]);
      deltas[anchor * 4] = told.x();
      deltas[anchor * 4 + 1] = told.y();
      deltas[anchor * 4 + 2] = told.width();
      deltas[anchor * 4 + 3] = told.height();
      classes[anchor * 2 + 1] = ((seen >> each) & 1) * scores[each];
      chosen[each] = anchor;
      System.arraycopy(rows[each], 0, meshes, each * 3, 3);
    }
    Detector detector =
        new Detector(
            family,
            new InputSize(1, InputSize.DYNAMIC, InputSize.DYNAMIC, 1),
            Protocol.ORIGINAL,
            new Thresholds(threshold, 0.4f, 100, 100, 0));
    NetworkOutput output =
        new NetworkOutput(
            new Placement(32, 24, 32, 24, 32, 24),
            List.of(
                FloatBuffer.wrap(deltas),
                FloatBuffer.wrap(classes),
                FloatBuffer.wrap(new float[ANCHORS * 10]),
                FloatBuffer.wrap(chosen),
                FloatBuffer.wrap(meshes)));
    return detector.faces(List.of(detector.candidates(output)));
  }
}
