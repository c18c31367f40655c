package org.retinaspark.job.train.regression;

import breeze.linalg.DenseVector;
import breeze.linalg.DenseVector$;
import breeze.math.MutableInnerProductModule;
import breeze.optimize.DiffFunction;
import breeze.optimize.FirstOrderMinimizer;
import breeze.optimize.LBFGS;
import scala.Tuple2;
import scala.collection.Iterator;

/**
 * L-BFGS (Liu and Nocedal, "On the limited memory BFGS method for large scale optimization", 1989)
 * as Breeze has it, which Spark's machine learning minimises with.
 *
 * @param iterations at most
 * @param tolerance ends it: the value has changed by no more than this share of itself over the
 *     last steps, or the gradient is no longer than this share of the value
 */
public record Minimiser(int iterations, double tolerance) {

  /** Steps that the curvature is told from, as in Spark's. */
  private static final int MEMORY = 10;

  /** A function with its gradient. */
  public interface Smooth {

    /** The value at a point; its gradient there is written. */
    double at(double[] point, double[] gradient);
  }

  /** Hears of each point on the way. */
  public interface Steps {

    /** The first is the start, of iteration 0. */
    void step(int iteration, double value);
  }

  /**
   * Minimises.
   *
   * @param start isn't changed
   * @return where it ended
   */
  public double[] minimise(Smooth function, double[] start, Steps steps) {
    LBFGS<DenseVector<Object>> search = new LBFGS<>(iterations, MEMORY, tolerance, space());
    Iterator<? extends FirstOrderMinimizer.State<DenseVector<Object>, ?, ?>> states =
        search.iterations(adapted(function), new DenseVector<>(start.clone()));
    double[] point = start;
    while (states.hasNext()) {
      FirstOrderMinimizer.State<DenseVector<Object>, ?, ?> state = states.next();
      point = numbers(state.x());
      steps.step(state.iter(), state.value());
    }
    return point;
  }

  private static double[] numbers(DenseVector<Object> vector) {
    return ((double[]) vector.data()).clone();
  }

  /** Scala knows it as of doubles, Java as of objects. */
  @SuppressWarnings("unchecked")
  private static MutableInnerProductModule<DenseVector<Object>, Object> space() {
    return (MutableInnerProductModule<DenseVector<Object>, Object>)
        (MutableInnerProductModule<?, ?>) DenseVector$.MODULE$.space_Double();
  }

  /** A lambda, since no class in Java can have all methods of Breeze's interface. */
  private static DiffFunction<DenseVector<Object>> adapted(Smooth function) {
    return point -> {
      double[] gradient = new double[point.length()];
      double value = function.at(numbers(point), gradient);
      return new Tuple2<>(value, new DenseVector<>(gradient));
    };
  }
}
