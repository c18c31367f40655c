/**
 * Distributes the evaluation: ground truth and detections meet by image key in one shuffle, every
 * pass over them is one measure of {@link org.retinaspark.job.measures}, and nothing but measures
 * reaches the driver.
 */
package org.retinaspark.job.measures.spark;
