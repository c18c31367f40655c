/**
 * The evaluation of face detections, pure: arrays and records in, records out. Knows only the JDK.
 *
 * <p>An evaluation is a mergeable accumulator ({@code update}, {@code merge}, {@code result}) of
 * whole numbers, so merging in any order gives the same result to the last bit.
 */
package org.retinaspark.job.measures;
