package org.retinaspark.job.train.loss;

import org.jspecify.annotations.Nullable;

/**
 * L = L_cls + lambda1 L_box + lambda2 L_pts + lambda3 L_mesh of one anchor (equation 1 of the
 * paper, which has the last three at positive anchors only). A face without landmarks or without a
 * mesh counts in the other terms.
 */
public final class MultiTaskLoss {

  private static final SoftmaxCrossEntropy CLASS = new SoftmaxCrossEntropy();
  private static final SmoothL1 BOX = SmoothL1.of(4);
  private static final SmoothL1 LANDMARKS = SmoothL1.of(10);

  private final LossWeights weights;
  private final @Nullable MeshLoss mesh;

  /**
   * The loss of a network.
   *
   * @param mesh of its mesh, if it has one
   */
  public MultiTaskLoss(LossWeights weights, @Nullable MeshLoss mesh) {
    this.weights = weights;
    this.mesh = mesh;
  }

  /** Numbers an anchor: logits of background and face, box, landmarks, mesh. */
  public int values() {
    return CLASS.values() + BOX.values() + LANDMARKS.values() + (mesh == null ? 0 : mesh.values());
  }

  /**
   * Adds the gradient of an anchor's weighted loss, and gives the values of its terms.
   *
   * @param predicted from {@code from} on the predicted {@link #values} of the anchor
   * @param from index of the first of them, in {@code predicted} and {@code gradient}
   * @param weight what loss and gradient are multiplied by: one over the positives, say
   * @param gradient gets the derivatives added
   * @return weight * each term, 0 of those that the truth doesn't tell
   */
  public LossTerms add(
      double[] predicted, int from, AnchorTruth truth, double weight, double[] gradient) {
    int at = from;
    double face = CLASS.add(predicted, at, truth.face(), weight, gradient);
    at += CLASS.values();
    Term term = new Term(predicted, weight, gradient);
    double box = term.of(BOX, at, truth.box(), weights.box());
    at += BOX.values();
    double landmarks = term.of(LANDMARKS, at, truth.landmarks(), weights.landmarks());
    at += LANDMARKS.values();
    double shape = mesh == null ? 0 : term.of(mesh, at, truth.mesh(), weights.mesh());
    return new LossTerms(face, box, landmarks, shape);
  }

  private record Term(double[] predicted, double weight, double[] gradient) {

    double of(Loss loss, int at, float @Nullable [] target, double lambda) {
      if (target == null || lambda == 0) {
        return 0;
      }
      return loss.add(predicted, at, target, weight * lambda, gradient) / lambda;
    }
  }
}
