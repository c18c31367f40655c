/**
 * The evaluation of face detections, pure: arrays and records in, records out. Knows only the JDK.
 *
 * <p>Every number is a {@link org.retinaspark.job.measures.Measure}: sums of whole numbers, or
 * largest values, so merging in any order gives the same result to the last bit. They look at
 * {@link org.retinaspark.job.measures.PairedImage}s.
 */
package org.retinaspark.job.measures;
