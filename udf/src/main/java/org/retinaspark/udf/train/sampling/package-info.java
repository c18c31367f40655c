/**
 * The samples of an image that heads are fitted to: which anchors of its views, and what the
 * network saw there. All that is chosen depends on a seed and the image's key, on nothing of the
 * cluster.
 */
@NullMarked
package org.retinaspark.udf.train.sampling;

import org.jspecify.annotations.NullMarked;
