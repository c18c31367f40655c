package org.retinaspark.job.train.fit;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaRDD;
import org.retinaspark.io.samples.SampleShape;
import org.retinaspark.job.train.loss.HardNegatives;
import org.retinaspark.job.train.loss.Loss;
import org.retinaspark.job.train.regression.Minimiser;
import org.retinaspark.job.train.regression.NormalEquations;
import org.retinaspark.job.train.regression.SingularEquationsException;
import org.retinaspark.udf.heads.HeadTask;

/**
 * Fits the head of a task: a pass over the rows for their moments, then one for each point that the
 * minimiser asks for. Heads on frozen features have no weight in common, so that the minimum of the
 * sum of their losses is where each has its own, whatever the factors between them.
 */
final class HeadFit {

  private final HeadTask task;
  private final Target target;
  private final Loss loss;
  private final FitSettings settings;
  private final AnchorWeights own;

  /**
   * Of a task.
   *
   * @param own the model's head
   */
  HeadFit(HeadTask task, Target target, Loss loss, FitSettings settings, AnchorWeights own) {
    this.task = task;
    this.target = target;
    this.loss = loss;
    this.settings = settings;
    this.own = own;
  }

  /**
   * Fits.
   *
   * @param notes gets what people should know
   */
  AnchorWeights fit(
      JavaRDD<ImageRows> blocks, AnchorNames names, FitProgress progress, List<String> notes) {
    SampleShape shape = own.shape();
    MomentSum moments = new MomentSum(shape, target);
    Standardisation standard =
        new Standardisation(moments, BlockSums.of(blocks, moments), loss.values());
    if (!(standard.total() > 0)) {
      throw new UnfittableException(
          ("no sample tells the head of %s anything: nothing was fitted. Give labels of more"
                  + " photos, or leave it out of --heads")
              .formatted(task));
    }
    double[] zero = new double[own.numbers().length];
    double[] anchor = settings.start() == FitStart.MODEL ? standard.point(own) : zero;
    double[] start =
        settings.start() == FitStart.ZERO && task != HeadTask.CLASS
            ? standard.point(leastSquares(blocks))
            : anchor;
    Objective objective = new Objective(blocks, standard, anchor);
    double[] point =
        new Minimiser(settings.iterations(), settings.tolerance())
            .minimise(
                objective,
                start,
                (iteration, value) ->
                    progress.step(new LossStep(task, iteration, objective.lossAt(value), value)));
    AnchorWeights fitted = standard.weights(point);
    keepUntold(fitted, standard, names, notes::add);
    return fitted;
  }

  /** An anchor that its samples don't tell keeps the model's own head. */
  private void keepUntold(
      AnchorWeights fitted, Standardisation standard, AnchorNames names, Consumer<String> note) {
    int unknowns = own.shape().channels() + 1;
    for (int anchor = 0; anchor < own.shape().anchors(); anchor++) {
      if (standard.rows(anchor) < unknowns) {
        fitted.put(anchor, own);
        note.accept(
            "the %s head of %s stays the model's own, since %d samples don't tell %d weights"
                .formatted(task, names.name(anchor), standard.rows(anchor), unknowns));
      }
    }
  }

  private AnchorWeights leastSquares(JavaRDD<ImageRows> blocks) {
    EquationSum sum = new EquationSum(own.shape(), target);
    List<NormalEquations> equations = sum.equations(BlockSums.of(blocks, sum));
    AnchorWeights weights = AnchorWeights.zero(own.shape(), own.values());
    for (int anchor = 0; anchor < equations.size(); anchor++) {
      try {
        weights.put(anchor, equations.get(anchor).solve(settings.ridge()));
      } catch (SingularEquationsException untold) {
        weights.put(anchor, own);
      }
    }
    return weights;
  }

  /** The mean loss and the ridge in the coordinates of the minimiser. */
  private final class Objective implements Minimiser.Smooth {

    private final JavaRDD<ImageRows> blocks;
    private final Standardisation standard;
    private final double[] anchor;
    private final Map<Double, Double> losses = new HashMap<>();

    Objective(JavaRDD<ImageRows> blocks, Standardisation standard, double[] anchor) {
      this.blocks = blocks;
      this.standard = standard;
      this.anchor = anchor;
    }

    @Override
    public double at(double[] point, double[] gradient) {
      HardNegatives hard = task == HeadTask.CLASS ? settings.hard() : null;
      double[] sum = BlockSums.of(blocks, new LossSum(target, loss, standard.weights(point), hard));
      for (int i = 0; i < gradient.length; i++) {
        gradient[i] = sum[1 + i] / standard.total();
      }
      standard.turn(gradient);
      double mean = sum[0] / standard.total();
      double value = mean;
      int unknowns = own.shape().channels() + 1;
      for (int i = 0; i < gradient.length; i++) {
        boolean bias = i % unknowns == unknowns - 1;
        if (!bias || settings.start() == FitStart.MODEL) {
          double away = point[i] - anchor[i];
          value += settings.ridge() / 2 * away * away;
          gradient[i] += settings.ridge() * away;
        }
      }
      losses.put(value, mean);
      return value;
    }

    /** The loss without the ridge where the objective had this value. */
    double lossAt(double value) {
      return losses.getOrDefault(value, value);
    }
  }
}
