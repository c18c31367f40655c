/**
 * What faces really are, for heads to be fitted: labels of other people's files and tables of
 * {@code detect} in one form, and photos that must not be fitted on. Knows nothing of detection.
 */
package org.retinaspark.io.labels;
