/**
 * The only room that knows TensorFlow Lite's files: one that is whole, read with every bound
 * checked and written anew as ONNX. Knows nothing of what the network is for.
 */
@NullMarked
package org.retinaspark.udf.tflite;

import org.jspecify.annotations.NullMarked;
