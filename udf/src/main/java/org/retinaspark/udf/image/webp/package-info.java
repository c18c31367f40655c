/** WebP files to BGR pixels, by libwebp where the system has it. */
@NullMarked
package org.retinaspark.udf.image.webp;

import org.jspecify.annotations.NullMarked;
