/** Files of networks for meshes and landmarks: taken in, whatever their format, and looked at. */
@NullMarked
package org.retinaspark.udf.dense.file;

import org.jspecify.annotations.NullMarked;
