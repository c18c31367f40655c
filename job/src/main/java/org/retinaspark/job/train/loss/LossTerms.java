package org.retinaspark.job.train.loss;

/**
 * What is lost, by term, before it is weighed.
 *
 * @param face by the class
 */
public record LossTerms(double face, double box, double landmarks, double mesh) {

  /** L = L_cls + lambda1 L_box + lambda2 L_pts + lambda3 L_mesh. */
  public double total(LossWeights weights) {
    return face + weights.box() * box + weights.landmarks() * landmarks + weights.mesh() * mesh;
  }
}
