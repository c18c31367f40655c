package org.retinaspark.job.train.fit;

import java.io.Serializable;
import java.util.BitSet;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.retinaspark.job.train.loss.AnchorTruth;
import org.retinaspark.job.train.loss.HardNegatives;
import org.retinaspark.job.train.loss.LossTerms;
import org.retinaspark.job.train.loss.LossWeights;
import org.retinaspark.job.train.loss.MeshLoss;
import org.retinaspark.job.train.loss.MultiTaskLoss;
import org.retinaspark.job.train.loss.SoftmaxCrossEntropy;
import org.retinaspark.udf.crop.CanonicalFace;
import org.retinaspark.udf.detect.MeshTopology;
import org.retinaspark.udf.detect.family.BoxCoder;
import org.retinaspark.udf.detect.family.MeshBasis;
import org.retinaspark.udf.heads.HeadTask;

/**
 * Sums the terms of the paper's loss (equation 1) over samples, and counts the positives that have
 * them. Negatives count as the paper has it: of each view those that lose most, three a positive.
 *
 * @param heads of all tasks
 * @param mesh what meshes are told by; null if there are none
 */
record MultiTaskSum(BoxCoder coder, Map<HeadTask, AnchorWeights> heads, @Nullable Mesh mesh)
    implements RowSum {

  private static final int TERMS = 4;

  /**
   * A head of meshes.
   *
   * @param coefficients of an anchor
   */
  record Mesh(MeshTopology topology, MeshBasis basis, AnchorWeights coefficients)
      implements Serializable {

    private MeshLoss loss() {
      int[] triangles =
          CanonicalFace.of(topology.name()).map(CanonicalFace::triangles).orElse(new int[0]);
      return MeshLoss.of(topology.vertices(), triangles);
    }

    private void predict(int anchor, double[] features, double[] predicted, int at) {
      double[] told = new double[coefficients.values()];
      coefficients.predict(anchor, features, told);
      float[] numbers = new float[told.length];
      for (int i = 0; i < told.length; i++) {
        numbers[i] = (float) told[i];
      }
      float[] vertices = basis.vertices(numbers);
      for (int i = 0; i < vertices.length; i++) {
        predicted[at + i] = vertices[i];
      }
    }
  }

  /** The terms, then how many samples have each. */
  @Override
  public int length() {
    return 2 * TERMS;
  }

  @Override
  public void add(ImageRows rows, double[] sum) {
    MultiTaskLoss loss = new MultiTaskLoss(LossWeights.PAPER, mesh == null ? null : mesh.loss());
    double[] predicted = new double[loss.values()];
    double[] gradient = new double[loss.values()];
    BitSet counted =
        Objects.requireNonNull(
            new LossSum(
                    new ClassTarget(),
                    new SoftmaxCrossEntropy(),
                    head(HeadTask.CLASS),
                    HardNegatives.PAPER)
                .counted(rows));
    for (int row = counted.nextSetBit(0); row >= 0; row = counted.nextSetBit(row + 1)) {
      AnchorTruth truth = truth(rows, row);
      if (truth != null) {
        predict(rows, row, truth, predicted);
        add(loss.add(predicted, 0, truth, 1, gradient), truth, sum);
      }
    }
  }

  /** Null of a face whose box can't be told. */
  private @Nullable AnchorTruth truth(ImageRows rows, int row) {
    if (!rows.positive(row)) {
      return AnchorTruth.BACKGROUND;
    }
    float[] box = new BoxTarget(coder).encode(rows, row);
    float[] landmarks = new LandmarkTarget(coder).encode(rows, row);
    float[] vertices =
        mesh == null ? null : new MeshTarget(coder, mesh.topology()).encode(rows, row);
    return box == null ? null : AnchorTruth.face(box, landmarks, vertices);
  }

  private void predict(ImageRows rows, int row, AnchorTruth truth, double[] predicted) {
    int anchor = rows.anchor(row);
    double[] features = new double[head(HeadTask.CLASS).shape().channels() + 1];
    rows.features(row, features);
    int at = 0;
    for (HeadTask task : HeadTask.values()) {
      AnchorWeights head = head(task);
      double[] told = new double[head.values()];
      head.predict(anchor, features, told);
      System.arraycopy(told, 0, predicted, at, told.length);
      at += told.length;
    }
    if (mesh != null && truth.mesh() != null) {
      mesh.predict(anchor, features, predicted, at);
    }
  }

  private AnchorWeights head(HeadTask task) {
    return Objects.requireNonNull(heads.get(task));
  }

  private static void add(LossTerms terms, AnchorTruth truth, double[] sum) {
    sum[0] += terms.face();
    sum[1] += terms.box();
    sum[2] += terms.landmarks();
    sum[3] += terms.mesh();
    sum[TERMS] += truth.box() == null ? 0 : 1;
    sum[TERMS + 1] += truth.box() == null ? 0 : 1;
    sum[TERMS + 2] += truth.landmarks() == null ? 0 : 1;
    sum[TERMS + 3] += truth.mesh() == null ? 0 : 1;
  }

  /** The terms of a positive that has them; the class also has the negatives in it. */
  static LossTerms terms(double[] sum) {
    double[] each = new double[TERMS];
    for (int term = 0; term < TERMS; term++) {
      each[term] = sum[term] / Math.max(1, sum[TERMS + term]);
    }
    return new LossTerms(each[0], each[1], each[2], each[3]);
  }
}
