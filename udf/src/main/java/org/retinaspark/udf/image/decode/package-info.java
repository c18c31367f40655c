/** Image files of any format to BGR pixels, upright and within limits. */
@NullMarked
package org.retinaspark.udf.image.decode;

import org.jspecify.annotations.NullMarked;
