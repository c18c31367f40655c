package org.retinaspark.job.train.fit;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.retinaspark.job.train.loss.HardNegatives;
import org.retinaspark.job.train.regression.Minimiser;
import org.retinaspark.udf.heads.HeadTask;

/**
 * What is fitted, and how.
 *
 * @param tasks whose heads are fitted; the others stay as they are
 * @param mesh how the head of meshes is, or null
 * @param start of class, box and landmarks
 * @param ridge half of it times the squares of weights of standardised features is added to each
 *     anchor's mean loss
 * @param hard which negatives of a view count for the class; null, the best with samples that are
 *     weighted, if all do
 * @param iterations at most, of a head
 * @param tolerance as {@link Minimiser} has it
 */
public record FitSettings(
    Set<HeadTask> tasks,
    @Nullable MeshSettings mesh,
    FitStart start,
    double ridge,
    @Nullable HardNegatives hard,
    int iterations,
    double tolerance) {

  /** Iterations that are enough where features are standardised. */
  public static final int ITERATIONS = 200;

  /** A loss that changes by less is where it ends. */
  public static final double TOLERANCE = 1e-6;

  /**
   * Keeps an unmodifiable set.
   *
   * @throws IllegalArgumentException if nothing is to be fitted or a number makes no sense
   */
  public FitSettings {
    tasks = Set.copyOf(tasks);
    if (tasks.isEmpty() && mesh == null) {
      throw new IllegalArgumentException("no head is to be fitted: give some, class or mesh, say");
    }
    boolean numbers = ridge >= 0 && ridge < Double.POSITIVE_INFINITY && tolerance > 0;
    if (!numbers || iterations < 1) {
      throw new IllegalArgumentException(
          "a ridge of %s, %d iterations and a tolerance of %s can't be fitted with: give a ridge of 0"
                  .formatted(ridge, iterations, tolerance)
              + " or more, 1 iteration or more and a tolerance above 0");
    }
  }
}
