/** JPEG files to BGR pixels, by libjpeg-turbo or the JDK: the same pixels from both. */
@NullMarked
package org.retinaspark.udf.image.jpeg;

import org.jspecify.annotations.NullMarked;
