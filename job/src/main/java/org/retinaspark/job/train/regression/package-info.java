/**
 * What is computed on the driver from sums over rows: ridge and reduced-rank regression by Commons
 * Math, minimisation by Breeze. Knows nothing of heads, samples and Spark.
 */
@NullMarked
package org.retinaspark.job.train.regression;

import org.jspecify.annotations.NullMarked;
