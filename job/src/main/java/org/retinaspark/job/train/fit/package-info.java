/**
 * Fits of heads on frozen features: sums over samples by Spark, equations and minimisation on the
 * driver. Sums are taken in double by fixed blocks of images and added in the order of blocks, so
 * that a fit gives the same bytes whatever the cluster.
 */
@NullMarked
package org.retinaspark.job.train.fit;

import org.jspecify.annotations.NullMarked;
