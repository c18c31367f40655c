package org.retinaspark.udf.runtime;

/**
 * What became of one input.
 *
 * @param value what the reader made of the outputs
 * @param queuedNanos from handing in to the start of the run
 * @param runNanos this input's share of the run
 */
public record Inferred<T>(T value, long queuedNanos, long runNanos) {}
