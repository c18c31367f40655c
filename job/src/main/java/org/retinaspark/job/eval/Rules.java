package org.retinaspark.job.eval;

import java.io.Serializable;

/**
 * How detections are counted.
 *
 * @param layout what is counted separately
 * @param normalisation from scores to thresholds, with the dialect
 * @param arithmetic of overlaps
 */
public record Rules(Layout layout, Normalisation normalisation, BoxArithmetic arithmetic)
    implements Serializable {}
