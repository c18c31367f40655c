/**
 * {@code preview}: photos with their faces drawn on, for people who would rather look than read.
 */
package org.retinaspark.job.preview;
