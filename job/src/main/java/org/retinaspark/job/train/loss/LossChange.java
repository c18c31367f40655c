package org.retinaspark.job.train.loss;

/**
 * What heads lose on the samples of a fit.
 *
 * @param before the model's own heads, and the mean mesh
 * @param after the fitted ones
 */
public record LossChange(LossTerms before, LossTerms after) {}
