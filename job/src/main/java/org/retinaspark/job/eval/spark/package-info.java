/**
 * Distributes the evaluation: ground truth and detections meet by image key in one shuffle, every
 * pass over them is an aggregate of {@link org.retinaspark.job.eval}'s accumulators, and nothing
 * but accumulators reaches the driver.
 */
package org.retinaspark.job.eval.spark;
