/**
 * The evaluation of dense face localisation, pure: how far 68 points, five points and the head's
 * pose lie from labels. A {@link org.retinaspark.job.measures.Measure} like those of the room
 * around it: sums of whole numbers, so merging in any order gives the same result to the last bit.
 */
package org.retinaspark.job.measures.dense;
