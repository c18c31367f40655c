package org.retinaspark.job.eval;

import java.io.Serializable;

/**
 * A precision-recall curve with its name.
 *
 * @param subset such as {@code hard}
 * @param slice the part of the subset's faces that it is about
 * @param points the curve
 */
public record Curve(String subset, Slice slice, PrecisionRecallCurve points)
    implements Serializable {}
