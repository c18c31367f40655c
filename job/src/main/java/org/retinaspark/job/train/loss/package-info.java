/**
 * The losses of the paper, each as a value and its gradient. Plain arrays, only the JDK, nothing
 * allocated an anchor.
 */
@NullMarked
package org.retinaspark.job.train.loss;

import org.jspecify.annotations.NullMarked;
