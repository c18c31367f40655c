package org.retinaspark.job.train.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.assertj.core.data.Offset;

/** Gradients against differences of values, values against what was worked out by hand. */
class LossGradientTest {

  private static final double STEP = 1e-8;
  private static final Offset<Double> NEAR = within(1e-5);
  private static final int[] TRIANGLES = {0, 1, 2, 1, 2, 3};

  @Property(tries = 100)
  void crossEntropyFalls(@ForAll Random random, @ForAll @DoubleRange(max = 1) double face) {
    assertGradient(new SoftmaxCrossEntropy(), random, new float[] {(float) face});
  }

  @Property(tries = 100)
  void smoothL1Falls(@ForAll Random random, @ForAll @DoubleRange(min = 0.1, max = 3) double beta) {
    assertGradient(new SmoothL1(10, beta), random, numbers(random, 10));
  }

  @Property(tries = 100)
  void meshLossFalls(@ForAll Random random) {
    assertGradient(MeshLoss.of(4, TRIANGLES), random, numbers(random, 12));
  }

  @Property(tries = 100)
  void theSumFalls(@ForAll Random random) {
    MultiTaskLoss loss = new MultiTaskLoss(LossWeights.PAPER, MeshLoss.of(4, TRIANGLES));
    AnchorTruth truth =
        AnchorTruth.face(
            numbers(random, 4),
            random.nextBoolean() ? numbers(random, 10) : null,
            random.nextBoolean() ? numbers(random, 12) : null);
    assertThat(loss.values()).isEqualTo(2 + 4 + 10 + 12);
    assertGradient(
        loss.values(),
        random,
        (predicted, from, gradient) ->
            loss.add(predicted, from, truth, 0.7, gradient).total(LossWeights.PAPER));
  }

  @Example
  void crossEntropyIsThatOfTheSoftmax() {
    SoftmaxCrossEntropy loss = new SoftmaxCrossEntropy();
    double[] logits = {0.5, 2};
    double face = Math.exp(2) / (Math.exp(0.5) + Math.exp(2));
    double[] gradient = new double[2];
    assertThat(loss.add(logits, 0, new float[] {1}, 2, gradient))
        .isCloseTo(-2 * Math.log(face), NEAR);
    assertThat(gradient[1]).isCloseTo(2 * (face - 1), NEAR);
    assertThat(loss.add(logits, 0, new float[] {0}, 1, gradient))
        .isCloseTo(-Math.log(1 - face), NEAR);
    double[] far = {-3000, 3000};
    assertThat(loss.add(far, 0, new float[] {0}, 1, gradient)).isEqualTo(6000);
    assertThat(loss.add(far, 0, new float[] {1}, 1, gradient)).isZero();
  }

  @Example
  void smoothL1IsSquareWithinBetaAndStraightBeyond() {
    double[] gradient = new double[2];
    double[] predicted = {0.5, -3};
    assertThat(SmoothL1.of(2).add(predicted, 0, new float[2], 1, gradient))
        .isCloseTo(0.125 + 2.5, NEAR);
    assertThat(gradient).containsExactly(0.5, -1);
  }

  /** One vertex of four misses by 3 and 4: a mean of 7 / 4; two of six edges by their lengths. */
  @Example
  void meshLossIsTheMeanOfVerticesAndOfEdges() {
    float[] target = {0, 0, 0, 1, 0, 0, 0, 1, 0, 1, 1, 0};
    double[] predicted = {0, 0, 0, 1, 0, 0, 0, 1, 0, 1, 5, 3};
    double[] gradient = new double[12];
    double edges = (Math.sqrt(25 + 9) - 1 + Math.sqrt(1 + 16 + 9) - 1) / 6;
    assertThat(MeshLoss.of(4, TRIANGLES).add(predicted, 0, target, 1, gradient))
        .isCloseTo(7.0 / 4 + edges, NEAR);
    assertThat(new MeshLoss(4, new int[0], 1).add(predicted, 0, target, 1, gradient))
        .isCloseTo(7.0 / 4, NEAR);
    assertThatThrownBy(() -> MeshLoss.of(3, TRIANGLES)).hasMessageContaining("has vertex 3");
  }

  @Example
  void backgroundCountsInTheClassOnly() {
    MultiTaskLoss loss = new MultiTaskLoss(LossWeights.PAPER, null);
    double[] predicted = new double[loss.values()];
    Arrays.fill(predicted, 5);
    double[] gradient = new double[predicted.length];
    LossTerms terms = loss.add(predicted, 0, AnchorTruth.BACKGROUND, 1, gradient);
    assertThat(terms.face()).isCloseTo(Math.log(2), NEAR);
    assertThat(terms.total(LossWeights.PAPER)).isEqualTo(terms.face());
    assertThat(Arrays.copyOfRange(gradient, 2, gradient.length)).containsOnly(0);
  }

  @Example
  void weightsOfTheTermsAreThePapers() {
    MultiTaskLoss loss = new MultiTaskLoss(LossWeights.PAPER, MeshLoss.of(4, TRIANGLES));
    double[] predicted = new double[loss.values()];
    double[] gradient = new double[predicted.length];
    float[] box = {2.5f, 0, 0, 0};
    float[] landmarks = {0, 3.5f, 0, 0, 0, 0, 0, 0, 0, 0};
    float[] mesh = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
    AnchorTruth truth = AnchorTruth.face(box, landmarks, mesh);
    LossTerms terms = loss.add(predicted, 0, truth, 1, gradient);
    assertThat(new double[] {terms.face(), terms.box(), terms.landmarks(), terms.mesh()})
        .containsExactly(new double[] {Math.log(2), 2, 3, 3}, NEAR);
    assertThat(terms.total(LossWeights.PAPER))
        .isCloseTo(Math.log(2) + 0.25 * 2 + 0.1 * 3 + 0.01 * 3, NEAR);
  }

  @Example
  void hardestNegativesAreThreeAPositive() {
    double[] losses = {0.5, 3, 1, 1, 0.1, 1, 2, 1};
    assertThat(HardNegatives.PAPER.of(losses, 1)).containsExactly(1, 2, 6);
    assertThat(HardNegatives.PAPER.of(losses, 0)).isEmpty();
    assertThat(HardNegatives.PAPER.of(losses, 2)).containsExactly(1, 2, 3, 5, 6, 7);
    assertThat(HardNegatives.PAPER.of(losses, Integer.MAX_VALUE)).hasSize(8);
    assertThatThrownBy(() -> new HardNegatives(0)).hasMessageContaining("give at least 1");
  }

  private interface Value {
    double of(double[] predicted, int from, double[] gradient);
  }

  private static void assertGradient(Loss loss, Random random, float[] target) {
    assertGradient(
        loss.values(),
        random,
        (predicted, from, gradient) -> loss.add(predicted, from, target, 1.3, gradient));
  }

  /** Numbers before and behind those of the anchor are not touched. */
  private static void assertGradient(int values, Random random, Value loss) {
    int from = 2;
    double[] predicted = new double[values + from + 1];
    for (int at = 0; at < predicted.length; at++) {
      predicted[at] = random.nextGaussian() * 2;
    }
    double[] gradient = new double[predicted.length];
    Arrays.fill(gradient, 10);
    loss.of(predicted, from, gradient);
    for (int at = 0; at < predicted.length; at++) {
      double place = predicted[at];
      predicted[at] = place + STEP;
      double above = loss.of(predicted, from, new double[predicted.length]);
      predicted[at] = place - STEP;
      double below = loss.of(predicted, from, new double[predicted.length]);
      predicted[at] = place;
      assertThat(gradient[at] - 10).isCloseTo((above - below) / (2 * STEP), within(1e-4));
    }
  }

  private static float[] numbers(Random random, int count) {
    float[] numbers = new float[count];
    for (int at = 0; at < count; at++) {
      numbers[at] = (float) random.nextGaussian() * 2;
    }
    return numbers;
  }
}
