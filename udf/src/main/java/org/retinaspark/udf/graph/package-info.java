/**
 * The only room that knows the ONNX format: a model file read, checked and edited as the graph that
 * it is. Knows nothing of what the graph computes.
 */
package org.retinaspark.udf.graph;
