package org.retinaspark.job.measures.spark;

import java.util.List;
import org.retinaspark.job.measures.Breakdown;
import org.retinaspark.job.measures.Census;
import org.retinaspark.job.measures.CocoMetrics;
import org.retinaspark.job.measures.LandmarkMetrics;
import org.retinaspark.job.measures.Normalisation;
import org.retinaspark.job.measures.PrecisionRecallCurve;
import org.retinaspark.job.measures.WorstImages;

/**
 * What an evaluation found.
 *
 * @param breakdown what was counted separately, in order
 * @param census how much there was, and what was wrong with it
 * @param normalisation of the scores, with the dialect
 * @param curves of every subset, and of its slices
 * @param coco empty unless asked for
 * @param landmarks empty unless annotated
 * @param worst empty unless asked for
 */
public record EvaluationResult(
    Breakdown breakdown,
    Census census,
    Normalisation normalisation,
    List<PrecisionRecallCurve> curves,
    List<CocoMetrics> coco,
    List<LandmarkMetrics> landmarks,
    List<WorstImages.Worst> worst) {}
