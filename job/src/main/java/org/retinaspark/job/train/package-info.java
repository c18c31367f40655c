/**
 * The command {@code train}: labelled photos and a detector in, the detector with other heads out.
 */
package org.retinaspark.job.train;
