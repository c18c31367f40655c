package org.retinaspark.job.measures;

import java.util.List;

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
public record EvaluationResult(
    Census census,
    Normalisation normalisation,
    List<PrecisionRecallCurve> curves,
    List<CocoMetrics> coco,
    List<LandmarkMetrics> landmarks,
    List<WorstImages.Worst> worst) {}
