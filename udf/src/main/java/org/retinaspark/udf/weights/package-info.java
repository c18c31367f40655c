/**
 * Files of weights as named tensors: PyTorch's state dictionaries, safetensors and numpy's
 * archives. Pure, with no idea of networks; what is read is taken for hostile.
 */
@NullMarked
package org.retinaspark.udf.weights;

import org.jspecify.annotations.NullMarked;
