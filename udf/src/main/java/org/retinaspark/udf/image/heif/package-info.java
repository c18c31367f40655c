/** HEIC and AVIF files to BGR pixels, by libheif where the system has it. */
@NullMarked
package org.retinaspark.udf.image.heif;

import org.jspecify.annotations.NullMarked;
