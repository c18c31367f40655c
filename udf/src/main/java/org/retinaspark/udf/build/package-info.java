/** Networks with weights: from named tensors or random numbers to an ONNX file that was tried. */
@NullMarked
package org.retinaspark.udf.build;

import org.jspecify.annotations.NullMarked;
