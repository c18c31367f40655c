/**
 * The views of a photo that training looks at: scaled, mirrored, cropped, in other colours. What is
 * drawn depends on a seed and the image's key, on nothing of the cluster.
 */
@NullMarked
package org.retinaspark.udf.train.view;

import org.jspecify.annotations.NullMarked;
