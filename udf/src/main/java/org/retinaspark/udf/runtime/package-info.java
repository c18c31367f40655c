/**
 * The only room that knows ONNX Runtime: sessions, execution providers, batches and the native
 * memory of tensors. It speaks shapes and buffers, and no type of ONNX Runtime leaves it.
 */
package org.retinaspark.udf.runtime;
