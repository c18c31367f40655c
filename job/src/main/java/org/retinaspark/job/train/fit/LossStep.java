package org.retinaspark.job.train.fit;

import org.retinaspark.udf.heads.HeadTask;

/**
 * A point of a loss curve.
 *
 * @param iteration 0 at the start
 * @param loss the mean over the weight of all samples that have the target
 * @param objective the same and the ridge's part, which is what falls from step to step
 */
public record LossStep(HeadTask task, int iteration, double loss, double objective) {}
