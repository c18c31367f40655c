/**
 * The only room that knows ONNX Runtime: sessions, execution providers, and what a model file says
 * of itself. No type of ONNX Runtime leaves it.
 */
package org.retinaspark.udf.onnx;
