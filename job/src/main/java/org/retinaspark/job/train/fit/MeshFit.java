package org.retinaspark.job.train.fit;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.linear.RealMatrix;
import org.retinaspark.io.samples.SampleShape;
import org.retinaspark.job.train.regression.Explained;
import org.retinaspark.job.train.regression.NormalEquations;
import org.retinaspark.job.train.regression.ReducedRank;
import org.retinaspark.job.train.regression.SingularEquationsException;
import org.retinaspark.udf.detect.family.BoxCoder;
import org.retinaspark.udf.heads.MeshHead;

/**
 * Fits the head of meshes: the ridge regression of each anchor, told through few coefficients that
 * all anchors share. One pass over the rows.
 */
final class MeshFit {

  private final BoxCoder coder;
  private final AnchorNames anchors;
  private final MeshSettings settings;

  MeshFit(BoxCoder coder, AnchorNames anchors, MeshSettings settings) {
    this.coder = coder;
    this.anchors = anchors;
    this.settings = settings;
  }

  /**
   * Fits.
   *
   * @throws UnfittableException if there are too few meshes or too many vertices
   */
  FittedMesh fit(TrainingRows rows) {
    SampleShape shape = rows.shape();
    EquationSum sum = sum(shape);
    List<NormalEquations> equations = sum.equations(BlockSums.of(rows.blocks(), sum));
    NormalEquations all = equations.stream().reduce(NormalEquations::plus).orElseThrow();
    List<String> notes = new ArrayList<>();
    List<RealMatrix> weights = weights(equations, all, notes);
    ReducedRank reduced = reduce(equations, weights);
    AnchorWeights coefficients = AnchorWeights.zero(shape, reduced.basis().getRowDimension());
    for (int anchor = 0; anchor < shape.anchors(); anchor++) {
      coefficients.put(anchor, reduced.coefficients().get(anchor));
    }
    MeshHead head =
        new MeshHead(
            settings.topology(),
            floats(reduced.mean()),
            floats(reduced.basis()),
            coefficients.head());
    double explained = Explained.share(equations, all, reduced);
    return new FittedMesh(head, all.rows(), reduced.share(), explained, notes);
  }

  private EquationSum sum(SampleShape shape) {
    EquationSum sum = new EquationSum(shape, new MeshTarget(coder, settings.topology()));
    long numbers = (long) shape.anchors() * (shape.channels() + 1) * sum.target().values();
    if (numbers > BlockSums.MOST_NUMBERS) {
      throw new UnfittableException(
          ("a mesh of %d vertices takes sums of %,d numbers at %d channels and %d anchors a cell,"
                  + " and %,d are allowed: nothing was fitted. Give labels of a smaller mesh")
              .formatted(
                  settings.topology().vertices(),
                  numbers,
                  shape.channels(),
                  shape.anchors(),
                  BlockSums.MOST_NUMBERS));
    }
    return sum;
  }

  /** Of each anchor; of one that its rows don't tell, those of all rows. */
  private List<RealMatrix> weights(
      List<NormalEquations> equations, NormalEquations all, List<String> notes) {
    RealMatrix pooled = pooled(all);
    List<RealMatrix> weights = new ArrayList<>();
    for (int anchor = 0; anchor < equations.size(); anchor++) {
      try {
        weights.add(equations.get(anchor).solve(settings.ridge()));
      } catch (SingularEquationsException singular) {
        notes.add(
            "the mesh of %s is told by the fit of all anchors, since %s"
                .formatted(anchors.name(anchor), singular.getMessage()));
        weights.add(pooled);
      }
    }
    return weights;
  }

  private RealMatrix pooled(NormalEquations all) {
    try {
      return all.solve(settings.ridge());
    } catch (SingularEquationsException singular) {
      throw unfittable(singular);
    }
  }

  private ReducedRank reduce(List<NormalEquations> equations, List<RealMatrix> weights) {
    try {
      return ReducedRank.of(equations, weights, settings.coefficients());
    } catch (SingularEquationsException singular) {
      throw unfittable(singular);
    }
  }

  private static UnfittableException unfittable(SingularEquationsException singular) {
    return new UnfittableException(
        ("no mesh can be fitted, since %s: nothing was fitted. Give labels with meshes of more"
                + " faces, more --scales, or a larger ridge")
            .formatted(singular.getMessage()));
  }

  private static float[] floats(double[] numbers) {
    float[] floats = new float[numbers.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) numbers[i];
    }
    return floats;
  }

  private static float[] floats(RealMatrix matrix) {
    float[] floats = new float[matrix.getRowDimension() * matrix.getColumnDimension()];
    for (int line = 0; line < matrix.getRowDimension(); line++) {
      float[] numbers = floats(matrix.getRow(line));
      System.arraycopy(numbers, 0, floats, line * numbers.length, numbers.length);
    }
    return floats;
  }
}
