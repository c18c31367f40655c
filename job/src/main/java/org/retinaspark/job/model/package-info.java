/** {@code model}: what a model file is, and how it becomes one that any image fits. */
package org.retinaspark.job.model;
