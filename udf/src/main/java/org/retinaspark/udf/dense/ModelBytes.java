package org.retinaspark.udf.dense;

import java.io.Serializable;
import java.util.function.Supplier;

/**
 * Where an executor gets the bytes of an ONNX file from. Travels with the settings of a task, so
 * that it should hold a reference to the bytes rather than the bytes.
 */
@FunctionalInterface
public interface ModelBytes extends Supplier<byte[]>, Serializable {}
