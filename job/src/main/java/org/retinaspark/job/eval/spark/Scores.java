package org.retinaspark.job.eval.spark;

import java.util.List;
import org.retinaspark.job.eval.Census;
import org.retinaspark.job.eval.CocoMetrics;
import org.retinaspark.job.eval.Curve;
import org.retinaspark.job.eval.LandmarkMetrics;
import org.retinaspark.job.eval.Normalisation;
import org.retinaspark.job.eval.WorstImages;

/**
 * What an evaluation found.
 *
 * @param census how much there was, and what was wrong with it
 * @param normalisation of the scores, with the dialect
 * @param curves of every subset, and of its slices
 * @param coco empty unless asked for
 * @param landmarks empty unless annotated
 * @param worst empty unless asked for
 */
public record Scores(
    Census census,
    Normalisation normalisation,
    List<Curve> curves,
    List<CocoMetrics> coco,
    List<LandmarkMetrics> landmarks,
    List<WorstImages.Worst> worst) {}
